import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { CardInReader } from '../../../../electron/contract/cards.contract.ts';
import { CardAsking, useCardAsking } from '../../components/index.ts';
import { useSession } from '../../ground/session.tsx';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import { isFaultSaid } from './card-fault.ts';
import { cardStep } from './card-step.ts';
import { credentialFaultOf } from './credential-fault.ts';
import { FaultNotice, useWait } from './fault-notice.tsx';
import classes from './sign-in-form.module.css';

interface CardSignInProps {
  readonly onRefused: (reason: unknown) => void;
  /** A card is in, and the keychain does not say whether it opens the store. */
  readonly onUnknown: () => void;
  /** Under the form: the ways out of being stuck here. */
  readonly children: ReactNode;
}

/** Sign-in by the card in the reader: what stands for and against it and its tries are said before a passcode is asked for. */
export const CardSignIn = ({ onRefused, onUnknown, children }: CardSignInProps) => {
  const { apply } = useSession();
  const asked = useCardAsking();
  const [told, setTold] = useState(false);
  const { run, busy, fault } = useSecretCommand('session:signInByCard', {
    onDone: apply,
    onRefused: (reason) => {
      setTold(false);
      onRefused(reason);
    },
  });
  const unknown = asked.card?.enrolment === 'unknown';
  useEffect(() => {
    if (unknown) onUnknown();
  }, [unknown, onUnknown]);
  // The same object for the same fault: the countdown begins anew with another.
  const credential = useMemo(() => (fault === null ? null : credentialFaultOf(fault)), [fault]);
  const [tried, setTried] = useState<CardInReader | null>(null);
  const wait = useWait(credential);
  // A wait is for every card.
  const isSaid = wait > 0 || isFaultSaid(fault, tried, asked);
  const step = cardStep(asked.card);
  const usable = step.kind === 'passcode' || step.kind === 'keypad';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (busy || wait > 0 || !usable || !asked.ready || asked.card === null) return;
    setTried(asked.card);
    run({ readerId: asked.card.readerId, pin: asked.pin });
    // On its way already: the page keeps no passcode while the card thinks.
    asked.setPin('');
    setTold(false);
  };
  return (
    <form onSubmit={submit} noValidate className={classes.card}>
      <Stack gap="md">
        <CardAsking
          asked={asked}
          pinLabel="Passcode"
          told={told}
          autoFocus
          against={step.kind === 'enrol' ? step.words : ''}
        />
        <FaultNotice fault={isSaid ? credential : null} wait={wait} />
        <div role="status">{busy && <Text size="sm">{busyWords(step.kind === 'keypad')}</Text>}</div>
        <div className={classes.action}>
          <Button
            // Another button for another step, so that with a keypad the keyboard is put on it: Enter signs in.
            key={step.kind}
            type="submit"
            autoFocus={step.kind === 'keypad'}
            loading={busy}
            disabled={wait > 0 || !usable}
          >
            Sign in
          </Button>
        </div>
        {children}
      </Stack>
    </form>
  );
};

const busyWords = (keypad: boolean): string =>
  keypad ? 'Type your passcode on the reader.' : 'The card is being asked.';
