import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { CardInReader } from '../../../electron/contract/cards.contract.ts';
import { CardAsking, ErrorState, useCardAsking } from '../components/index.ts';
import { useSignedIn } from '../ground/session.tsx';
import { mayBeAsked } from '../lib/card-words.ts';
import { useSecretCommand } from '../lib/use-secret-command.ts';

/** Why the holder alone cannot enrol this card; empty where nothing is known against it. */
const standsInTheWay = (card: CardInReader | null): string => {
  if (card === null || !mayBeAsked(card)) return '';
  switch (card.enrolment) {
    case 'enrolled':
      return 'This card is enrolled on this PC already. Sign in with it.';
    case 'renewed':
      return 'The certificate on this card was renewed, so a second person stands by: a system owner signs in and enrols it with you, under Users.';
    case 'none':
    case 'unknown':
      return '';
  }
};

/** Binds this PC’s store to one’s own card; a renewed one is enrolled by an owner, which the program’s answer says. */
export const EnrolCardModal = ({ onClose }: { readonly onClose: () => void }) => {
  const { user } = useSignedIn();
  const asked = useCardAsking();
  const [told, setTold] = useState(false);
  const { run, busy, fault } = useSecretCommand('cards:enrol', {
    onDone: () => {
      notifications.show({ message: 'Your card is enrolled. Sign in with it from now on.' });
      onClose();
    },
  });
  const against = standsInTheWay(asked.card);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!busy && asked.ready && asked.card !== null && against === '') {
      run({ userId: user.id, readerId: asked.card.readerId, pin: asked.pin });
      asked.setPin('');
      setTold(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Enrol my smartcard"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            The card is then a way into the store on this PC. After your first sign-in with it, a trust PC
            takes the card and not your password.
          </Text>
          <CardAsking asked={asked} pinLabel="Passcode" told={told} autoFocus against={against} />
          {fault !== null && <ErrorState fault={fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={against !== '' || asked.card === null}>
              Enrol
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
