import { lazy, Suspense, useEffect } from 'react';
import { screenFor } from '../features/session/screen-for.ts';
import { SignInScreen } from '../features/session/sign-in-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { JobBar } from './job-bar.tsx';
import { useSession } from './session.tsx';
import { StartFault, StartWait } from './start-states.tsx';

// What most starts need (sign-in) comes with the first file; everything else is read when it is wanted.
const WorkShell = lazy(() => import('./work-shell.tsx').then((m) => ({ default: m.WorkShell })));
const entrance = () => import('../features/session/entrance.ts');
const FirstRunScreen = lazy(() => entrance().then((m) => ({ default: m.FirstRunScreen })));
const ChooseStoreScreen = lazy(() => entrance().then((m) => ({ default: m.ChooseStoreScreen })));
const KeyStateScreen = lazy(() => entrance().then((m) => ({ default: m.KeyStateScreen })));
const NewPasswordScreen = lazy(() => entrance().then((m) => ({ default: m.NewPasswordScreen })));

/** Shows the one screen that the session's state calls for. */
const Gate = () => {
  const { state, fault, refresh } = useSession();
  const usable = state !== null && screenFor(state).kind === 'sign-in';
  // What `npm run bench` measures a start by: the form is there and takes the keyboard.
  useEffect(() => {
    if (usable) performance.mark('sign-in-usable');
  }, [usable]);
  if (state === null) return fault === null ? <StartWait /> : <StartFault fault={fault} onRetry={refresh} />;
  const screen = screenFor(state);
  switch (screen.kind) {
    case 'first-run':
      return <FirstRunScreen state={state} />;
    case 'choose-store':
      return <ChooseStoreScreen state={state} />;
    case 'sign-in':
      return <SignInScreen state={state} trust={screen.trust} />;
    case 'new-password':
      return <NewPasswordScreen trust={screen.trust} user={screen.user} />;
    case 'key-problem':
      return <KeyStateScreen state={state} problem={screen.problem} />;
    case 'work':
      // The key makes another person's work another tree: nothing of the last one is kept.
      return <WorkShell key={screen.user.id} />;
  }
};

export const App = () => (
  <ErrorBoundary>
    <Suspense fallback={<StartWait />}>
      <Gate />
    </Suspense>
    <JobBar />
  </ErrorBoundary>
);
