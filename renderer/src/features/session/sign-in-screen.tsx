import { Alert, Anchor, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { useSession } from '../../app/session.tsx';
import { StartWait } from '../../app/start-states.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useCommand } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import classes from './sign-in-form.module.css';
import { SignInForm } from './sign-in-form.tsx';

const entrance = () => import('./entrance.ts');
const RecoverScreen = lazy(() => entrance().then((m) => ({ default: m.RecoverScreen })));
const RestoreScreen = lazy(() => entrance().then((m) => ({ default: m.RestoreScreen })));

interface SignInScreenProps {
  readonly state: SessionState;
  readonly trust: SessionState['trust'];
}

/** Sign-in, with the ways out of being stuck there. */
export const SignInScreen = ({ state, trust }: SignInScreenProps) => {
  const { apply } = useSession();
  const [way, setWay] = useState<'password' | 'phrase' | 'backup'>('password');
  const choose = useCommand('session:selectStore', { onDone: apply });
  const [restored, setRestored] = useState<string | null>(null);
  const back = () => setWay('password');
  if (way !== 'password') {
    return (
      <Suspense fallback={<StartWait />}>
        {way === 'phrase' ? (
          <RecoverScreen trust={trust} onBack={back} />
        ) : (
          <RestoreScreen
            trust={trust}
            onBack={back}
            onRestored={(takenAt) => {
              setRestored(takenAt);
              back();
            }}
          />
        )}
      </Suspense>
    );
  }
  return (
    <EntranceFrame
      title={trust === null ? 'Sign in' : `Sign in to ${trust.name}`}
      trust={trust}
      wide={state.trainingAccounts.length > 0}
    >
      {restored !== null && (
        <Alert role="status" color="green" variant="light" mb="md" title="The backup is in place">
          The store is as it was on {formatInstant(restored)}. What was there before is set aside. Sign in to
          go on.
        </Alert>
      )}
      {state.endProblem !== null && (
        <Alert color="red" variant="light" mb="md" title="The last session did not end well">
          {state.endProblem} When you sign in, every page of the store is checked first.
        </Alert>
      )}
      <SignInForm lockedBecause={state.lockedBecause} trainingAccounts={state.trainingAccounts}>
        <Group gap="md" className={classes.ways}>
          <Anchor component="button" type="button" size="sm" onClick={() => setWay('phrase')}>
            Use the recovery phrase
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={() => setWay('backup')}>
            Restore a backup
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={() => choose.mutate({ store: null })}>
            Use another store
          </Anchor>
        </Group>
        {choose.error !== null && <ErrorState fault={choose.error} />}
      </SignInForm>
    </EntranceFrame>
  );
};
