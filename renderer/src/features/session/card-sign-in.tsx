import { Alert, Button, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { CardInReader } from '../../../../electron/contract/cards.contract.ts';
import { useSession } from '../../app/session.tsx';
import { CardAsking, useCardAsking } from '../../components/index.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import { credentialFaultOf } from './credential-fault.ts';
import { FaultNotice, useWait } from './fault-notice.tsx';
import classes from './sign-in-form.module.css';

interface CardSignInProps {
  /** Under the form: the ways out of being stuck here. */
  readonly children: ReactNode;
}

/** Why a card that is sound does not open the store on this PC; empty where it does. */
const enrolmentWords = (card: CardInReader | null): string => {
  switch (card?.enrolment) {
    case 'none':
      return 'This card is not enrolled on this PC. Sign in by password and choose “Enrol my smartcard” under your name, or have a system owner do it with you.';
    case 'renewed':
      return 'The certificate on this card was renewed. A system owner signs in and enrols it again with you, under Users.';
    default:
      return '';
  }
};

/** Sign-in by the card in the reader: what stands for and against it and its tries are said before a passcode is asked for. */
export const CardSignIn = ({ children }: CardSignInProps) => {
  const { apply } = useSession();
  const asked = useCardAsking();
  const [told, setTold] = useState(false);
  const { run, busy, fault } = useSecretCommand('session:signInByCard', {
    onDone: apply,
    onRefused: () => {
      asked.setPin('');
      setTold(false);
    },
  });
  // The same object for the same fault: the countdown begins anew with another.
  const credential = useMemo(() => (fault === null ? null : credentialFaultOf(fault)), [fault]);
  const wait = useWait(credential);
  const words = enrolmentWords(asked.card);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (busy || wait > 0 || !asked.ready || asked.card === null) return;
    run({ readerId: asked.card.readerId, pin: asked.pin });
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack gap="md">
        <CardAsking asked={asked} pinLabel="Passcode" told={told} autoFocus />
        {words !== '' && (
          <Alert color="yellow" variant="light">
            {words}
          </Alert>
        )}
        <FaultNotice fault={credential} wait={wait} />
        {busy && <Text size="sm">The card is being asked.</Text>}
        <Button type="submit" loading={busy} disabled={wait > 0 || asked.card === null || words !== ''}>
          Sign in
        </Button>
        {children}
      </Stack>
    </form>
  );
};
