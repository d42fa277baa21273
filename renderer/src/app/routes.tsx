import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { EmptyState, LoadingRows } from '../components/states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

export const requestsScreens = () => import('../features/requests/index.ts');
const register = () => import('../features/register/index.ts');

const HomeScreen = lazy(() => import('../features/home/index.ts').then((m) => ({ default: m.HomeScreen })));
const RequestsScreen = lazy(() => requestsScreens().then((m) => ({ default: m.RequestsScreen })));
const RequestScreen = lazy(() => requestsScreens().then((m) => ({ default: m.RequestScreen })));
const FindingsScreen = lazy(() =>
  import('../features/findings/index.ts').then((m) => ({ default: m.FindingsScreen })),
);
const ImportsScreen = lazy(() =>
  import('../features/imports/index.ts').then((m) => ({ default: m.ImportsScreen })),
);
const PeopleScreen = lazy(() => register().then((m) => ({ default: m.PeopleScreen })));
const PersonScreen = lazy(() => register().then((m) => ({ default: m.PersonScreen })));
const CatalogueScreen = lazy(() => register().then((m) => ({ default: m.CatalogueScreen })));
const LedgerScreen = lazy(() =>
  import('../features/ledger/index.ts').then((m) => ({ default: m.LedgerScreen })),
);
const SettingsScreen = lazy(() =>
  import('../features/settings/index.ts').then((m) => ({ default: m.SettingsScreen })),
);
const UsersScreen = lazy(() =>
  import('../features/users/index.ts').then((m) => ({ default: m.UsersScreen })),
);

const Nowhere = () => (
  <EmptyState title="There is no such screen">Choose another in the navigation, or press Ctrl+K.</EmptyState>
);

/** Every screen behind sign-in. A screen of one thing is given its id; the others take no props. */
export const Routes = () => {
  const [path] = useLocation();
  return (
    <ErrorBoundary resetKey={path}>
      <Suspense fallback={<LoadingRows rows={8} />}>
        <Switch>
          <Route path="/" component={HomeScreen} />
          <Route path="/requests" component={RequestsScreen} />
          <Route path="/requests/:id">{({ id }) => <RequestScreen id={id} />}</Route>
          <Route path="/findings" component={FindingsScreen} />
          <Route path="/imports" component={ImportsScreen} />
          <Route path="/people" component={PeopleScreen} />
          <Route path="/people/:employeeNumber">
            {({ employeeNumber }) => <PersonScreen employeeNumber={employeeNumber} />}
          </Route>
          <Route path="/access" component={CatalogueScreen} />
          <Route path="/ledger" component={LedgerScreen} />
          <Route path="/users" component={UsersScreen} />
          <Route path="/settings" component={SettingsScreen} />
          <Route component={Nowhere} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
};
