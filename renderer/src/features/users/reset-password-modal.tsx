import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { FormModal } from '../../components/index.ts';
import { NewPasswordFields, NO_PASSWORD } from '../../components/new-password-fields.tsx';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import type { UserRow } from './user-words.ts';

interface ResetPasswordModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

export const ResetPasswordModal = ({ user, onClose }: ResetPasswordModalProps) => {
  const [password, setPassword] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const reset = useSecretCommand('users:resetPassword', {
    onDone: () => {
      notifications.show({
        title: 'Password reset',
        message: 'Give them the first password; they must change it.',
      });
      onClose();
    },
  });
  const submit = () => {
    setTold(true);
    if (password.judgement?.acceptable !== true) return;
    reset.run({ id: user.id, firstPassword: password.password });
  };
  return (
    <FormModal
      title={`Reset the password of ${user.displayName}`}
      submitLabel="Reset the password"
      busy={reset.busy}
      fault={reset.fault}
      faultTitle="The password was not reset"
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        The present password of {user.username} stops working, and wrong tries are forgotten. Make sure it is
        them who asks. The reset stands in the ledger under your name.
      </Text>
      <NewPasswordFields
        label="First password"
        value={password}
        onChange={setPassword}
        about={[user.username, user.displayName, user.employeeNumber ?? '']}
        told={told}
        once
      />
    </FormModal>
  );
};
