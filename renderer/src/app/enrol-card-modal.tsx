import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { CardAsking, ErrorState, useCardAsking } from '../components/index.ts';
import { useSecretCommand } from '../lib/use-secret-command.ts';
import { useSignedIn } from './session.tsx';

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
    onRefused: () => asked.setPin(''),
  });
  const enrolled = asked.card?.enrolment === 'enrolled';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!busy && asked.ready && asked.card !== null && !enrolled) {
      run({ userId: user.id, readerId: asked.card.readerId, pin: asked.pin });
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
          <CardAsking asked={asked} pinLabel="Passcode" told={told} />
          {enrolled && <Alert variant="light">This card is enrolled on this PC already.</Alert>}
          {fault !== null && <ErrorState fault={fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={enrolled}>
              Enrol
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
