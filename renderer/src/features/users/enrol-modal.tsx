import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { CardAsking, FormModal, useCardAsking } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { formatCardNumber } from '../../lib/card-words.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import type { UserRow } from './user-words.ts';

interface EnrolModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

/** The store of this PC is bound to the card that is in, with its holder standing by: the passcode is theirs alone. */
export const EnrolModal = ({ user, onClose }: EnrolModalProps) => {
  const { user: me } = useSignedIn();
  const own = me.id === user.id;
  const asked = useCardAsking();
  const [told, setTold] = useState(false);
  const enrol = useSecretCommand('cards:enrol', {
    onDone: () => {
      notifications.show({ title: 'Card enrolled', message: 'It opens the store on this PC from now on.' });
      onClose();
    },
    onRefused: () => asked.setPin(''),
  });
  const wanted = user.card?.uuid ?? '';
  const other = asked.card !== null && asked.card.uuid !== null && asked.card.uuid !== wanted;
  const submit = () => {
    setTold(true);
    const { card, pin, ready } = asked;
    // A wrong card would be refused all the same; here before anybody has typed a passcode for it.
    if (card === null || !ready || other) return;
    setTold(false);
    enrol.run({ userId: user.id, readerId: card.readerId, pin: card.ownKeypad ? '' : pin });
  };
  return (
    <FormModal
      title={`Enrol the card of ${user.displayName}`}
      submitLabel="Enrol the card"
      busy={enrol.busy}
      fault={enrol.fault}
      faultTitle="The card was not enrolled"
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        {own
          ? `Put in your card ${formatCardNumber(wanted)} and type its passcode.`
          : `${user.displayName} stands by, puts in card ${formatCardNumber(wanted)} and types the passcode. Look away while they do.`}{' '}
        After the first sign-in by card, a trust PC takes the password of this account no more.
      </Text>
      <CardAsking
        asked={asked}
        pinLabel={own ? 'Your passcode' : `Passcode, typed by ${user.displayName}`}
        told={told}
        autoFocus
        against={other ? 'This is another card than the account’s. Put the right one in.' : ''}
      />
    </FormModal>
  );
};
