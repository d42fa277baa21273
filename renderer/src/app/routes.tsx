import { Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { EmptyState, LoadingRows } from '../components/states.tsx';
import { lazyScreen, screenFile } from '../ground/lazy-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

export const requestsFile = screenFile(() => import('../features/requests/index.ts'));
const registerFile = screenFile(() => import('../features/register/index.ts'));
const accountsFile = screenFile(() => import('../features/accounts/index.ts'));
const homeFile = screenFile(() => import('../features/home/index.ts'));
const findingsFile = screenFile(() => import('../features/findings/index.ts'));
const importsFile = screenFile(() => import('../features/imports/index.ts'));
const ledgerFile = screenFile(() => import('../features/ledger/index.ts'));
const securityFile = screenFile(() => import('../features/security/index.ts'));
const settingsFile = screenFile(() => import('../features/settings/index.ts'));
const usersFile = screenFile(() => import('../features/users/index.ts'));

const HomeScreen = lazyScreen(homeFile, (file) => file.HomeScreen);
const RequestsScreen = lazyScreen(requestsFile, (file) => file.RequestsScreen);
const RequestScreen = lazyScreen(requestsFile, (file) => file.RequestScreen);
const FindingsScreen = lazyScreen(findingsFile, (file) => file.FindingsScreen);
const ImportsScreen = lazyScreen(importsFile, (file) => file.ImportsScreen);
const PeopleScreen = lazyScreen(registerFile, (file) => file.PeopleScreen);
const PersonScreen = lazyScreen(registerFile, (file) => file.PersonScreen);
const AccountsScreen = lazyScreen(accountsFile, (file) => file.AccountsScreen);
const CatalogueScreen = lazyScreen(registerFile, (file) => file.CatalogueScreen);
const LedgerScreen = lazyScreen(ledgerFile, (file) => file.LedgerScreen);
const SecurityScreen = lazyScreen(securityFile, (file) => file.SecurityScreen);
const SettingsScreen = lazyScreen(settingsFile, (file) => file.SettingsScreen);
const UsersScreen = lazyScreen(usersFile, (file) => file.UsersScreen);

/** The screen that a sign-in leads to, read while the person types. */
export const readHomeAhead = (): void => void homeFile.load();

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
          <Route path="/user-names" component={AccountsScreen} />
          <Route path="/access" component={CatalogueScreen} />
          <Route path="/ledger" component={LedgerScreen} />
          <Route path="/users" component={UsersScreen} />
          <Route path="/security" component={SecurityScreen} />
          <Route path="/settings" component={SettingsScreen} />
          <Route component={Nowhere} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
};
