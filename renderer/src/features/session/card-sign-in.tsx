import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { CardAsking, useCardAsking } from '../../components/index.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import { cardStep } from './card-step.ts';
import { credentialFaultOf } from './credential-fault.ts';
import { FaultNotice, useWait } from './fault-notice.tsx';
import classes from './sign-in-form.module.css';

interface CardSignInProps {
  /** Under the form: the ways out of being stuck here. */
  readonly children: ReactNode;
}

/** Sign-in by the card in the reader: what stands for and against it and its tries are said before a passcode is asked for. */
export const CardSignIn = ({ children }: CardSignInProps) => {
  const { apply } = useSession();
  const asked = useCardAsking();
  const [told, setTold] = useState(false);
  const { run, busy, fault } = useSecretCommand('session:signInByCard', {
    onDone: apply,
    onRefused: () => setTold(false),
  });
  // The same object for the same fault: the countdown begins anew with another.
  const credential = useMemo(() => (fault === null ? null : credentialFaultOf(fault)), [fault]);
  const [tried, setTried] = useState<string | null>(null);
  const wait = useWait(credential);
  // What was said of one card is not said over another; a wait is for all of them.
  const concerns = asked.card === null || asked.card.readerId === tried || wait > 0;
  const step = cardStep(asked.card);
  const usable = step.kind === 'passcode' || step.kind === 'keypad';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (busy || wait > 0 || !usable || !asked.ready || asked.card === null) return;
    setTried(asked.card.readerId);
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
        <FaultNotice fault={concerns ? credential : null} wait={wait} />
        <div role="status">{busy && <Text size="sm">{busyWords(step.kind === 'keypad')}</Text>}</div>
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
        {children}
      </Stack>
    </form>
  );
};

const busyWords = (keypad: boolean): string =>
  keypad ? 'Type your passcode on the reader.' : 'The card is being asked.';
