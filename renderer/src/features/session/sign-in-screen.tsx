import { Alert, Anchor, Group, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { ErrorState } from '../../components/states.tsx';
import { lazyScreen, screenFile } from '../../ground/lazy-screen.tsx';
import { useSession } from '../../ground/session.tsx';
import { StartWait } from '../../ground/start-states.tsx';
import { Refusal, useCommand } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import { lockedWords } from './locked-words.ts';
import classes from './sign-in-form.module.css';
import { SignInForm } from './sign-in-form.tsx';
import { useCardArrival } from './use-card-arrival.ts';

const entranceFile = screenFile(() => import('./entrance.ts'));
const entrance = () => entranceFile.load();
const CardSignIn = lazyScreen(entranceFile, (file) => file.CardSignIn);
const RecoverScreen = lazy(() => entrance().then((m) => ({ default: m.RecoverScreen })));
const RestoreScreen = lazy(() => entrance().then((m) => ({ default: m.RestoreScreen })));

interface SignInScreenProps {
  readonly state: SessionState;
  readonly trust: SessionState['trust'];
}

/** Sign-in, with the ways out of being stuck there. */
export const SignInScreen = ({ state, trust }: SignInScreenProps) => {
  const { apply, refresh } = useSession();
  const [way, setWay] = useState<'password' | 'card' | 'phrase' | 'backup'>(
    state.lockedBecause === 'card-removed' ? 'card' : 'password',
  );
  const choose = useCommand('session:selectStore', { onDone: apply });
  const [cardAsked, setCardAsked] = useState<string | null>(null);
  const [restored, setRestored] = useState<string | null>(null);
  // Turned to once its file is here: nothing is drawn in between.
  const cards = useCardArrival(() => setWay((now) => (now === 'password' ? 'card' : now)), entrance);
  const hasCards = cards.there || way === 'card';
  const back = () => setWay('password');
  if (way === 'phrase' || way === 'backup') {
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
  const refused = (reason: unknown) => {
    if (!(reason instanceof Refusal)) return;
    // Each state of the key has a screen of its own, with more to say than fits beside a form.
    if (reason.code === 'KEY_STATE') refresh();
    if (reason.code !== 'CARD_REQUIRED') return;
    setCardAsked(reason.message);
    setWay('card');
  };
  const ways = (
    <>
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
    </>
  );
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
      {state.lockedBecause !== null && (
        <Alert variant="light" mb="md" title="Locked">
          {lockedWords(state.lockedBecause)} Somebody else may sign in too, to a session of their own.
        </Alert>
      )}
      {hasCards && (
        <SegmentedControl
          fullWidth
          mb="md"
          className={classes.choice ?? ''}
          aria-label="How to sign in"
          value={way}
          onChange={(chosen) => {
            setCardAsked(null);
            setWay(chosen === 'card' ? 'card' : 'password');
          }}
          data={[
            { value: 'password', label: 'Username and password' },
            { value: 'card', label: 'Smartcard' },
          ]}
        />
      )}
      {way === 'card' ? (
        <Suspense fallback={<StartWait />}>
          {cardAsked !== null && (
            <Alert
              role="alert"
              color="yellow"
              variant="light"
              mb="md"
              className={classes.choice ?? ''}
              title="Your card is asked for"
            >
              {cardAsked}
            </Alert>
          )}
          <CardSignIn onRefused={refused} onUnknown={refresh}>
            {ways}
          </CardSignIn>
        </Suspense>
      ) : (
        <SignInForm trainingAccounts={state.trainingAccounts} onTyped={cards.typed} onRefused={refused}>
          {ways}
        </SignInForm>
      )}
    </EntranceFrame>
  );
};
