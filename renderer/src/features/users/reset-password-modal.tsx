import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '../../components/states.tsx';
import { useCommand } from '../../lib/api.ts';
import { NewPasswordFields, NO_PASSWORD } from '../session/new-password-fields.tsx';
import type { UserRow } from './users-screen.tsx';

interface ResetPasswordModalProps {
  /** Null while nobody's is being reset. */
  readonly user: UserRow | null;
  readonly onClose: () => void;
}

export const ResetPasswordModal = ({ user, onClose }: ResetPasswordModalProps) => (
  <Modal
    opened={user !== null}
    onClose={onClose}
    title={`Reset the password of ${user?.displayName ?? ''}`}
    size="lg"
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    {/* Unmounted when closed, so a first password is not kept. */}
    {user !== null && <ResetPasswordForm user={user} onClose={onClose} />}
  </Modal>
);

const ResetPasswordForm = ({ user, onClose }: { readonly user: UserRow; readonly onClose: () => void }) => {
  const [password, setPassword] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const reset = useCommand('users:resetPassword', {
    onDone: () => {
      notifications.show({
        title: 'Password reset',
        message: 'Give them the first password; they must change it.',
      });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (password.judgement?.acceptable !== true || reset.isPending) return;
    reset.mutate({ id: user.id, firstPassword: password.password });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          The present password of {user.username} stops working, and wrong tries are forgotten. Make sure it
          is them who asks. The reset stands in the ledger under your name.
        </Text>
        <NewPasswordFields
          label="First password"
          value={password}
          onChange={setPassword}
          about={[user.username, user.displayName, user.employeeNumber ?? '']}
          told={told}
          once
        />
        {reset.error !== null && <ErrorState fault={reset.error} title="The password was not reset" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={reset.isPending}>
            Reset the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
