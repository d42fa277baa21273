import { Suspense, useEffect } from 'react';
import { screenFor } from '../features/session/screen-for.ts';
import { SignInScreen } from '../features/session/sign-in-screen.tsx';
import { lazyScreen, screenFile } from '../ground/lazy-screen.tsx';
import { useSession } from '../ground/session.tsx';
import { StartFault, StartWait } from '../ground/start-states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { JobBar } from './job-bar.tsx';

// What most starts need (sign-in) comes with the first file; everything else is read when it is wanted.
const shellFile = screenFile(() => import('./work-shell.tsx'));
const entranceFile = screenFile(() => import('../features/session/entrance.ts'));
const WorkShell = lazyScreen(shellFile, (file) => file.WorkShell);
const FirstRunScreen = lazyScreen(entranceFile, (file) => file.FirstRunScreen);
const ChooseStoreScreen = lazyScreen(entranceFile, (file) => file.ChooseStoreScreen);
const KeyStateScreen = lazyScreen(entranceFile, (file) => file.KeyStateScreen);
const NewPasswordScreen = lazyScreen(entranceFile, (file) => file.NewPasswordScreen);

/** What follows on sign-in, read while the person types their name. */
const readShellAhead = (): void => void shellFile.load().then((file) => file.readHomeAhead());

/** The page is idle while its first picture is painted elsewhere, on what may be the last free core. */
const AFTER_FIRST_PAINT_MS = 300;

/** Shows the one screen that the session's state calls for. */
const Gate = () => {
  const { state, fault, refresh } = useSession();
  const usable = state !== null && screenFor(state).kind === 'sign-in';
  useEffect(() => {
    if (!usable) return undefined;
    // What `npm run bench` measures a start by: the form is there and takes the keyboard.
    performance.mark('sign-in-usable');
    const waiting = setTimeout(() => requestIdleCallback(readShellAhead), AFTER_FIRST_PAINT_MS);
    return () => clearTimeout(waiting);
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
