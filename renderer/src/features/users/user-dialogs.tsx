import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ConfirmWithReason } from '../../components/confirm-with-reason.tsx';
import { useCommand } from '../../lib/api.ts';
import { BreakGlassModal } from './break-glass-modal.tsx';
import { ChangeRolesModal } from './change-roles-modal.tsx';
import { EnrolModal } from './enrol-modal.tsx';
import { LinkCardModal } from './link-card-modal.tsx';
import { ResetPasswordModal } from './reset-password-modal.tsx';
import { draftKey, type UserAction, type UserRow } from './user-words.ts';

export interface UserDialog {
  readonly action: UserAction;
  readonly user: UserRow;
}

interface UserDialogsProps {
  readonly dialog: UserDialog | null;
  readonly onClose: () => void;
}

/** Unmounted when closed, so that nothing typed in one is there in the next. */
export const UserDialogs = ({ dialog, onClose }: UserDialogsProps) => {
  if (dialog === null) return null;
  const { action, user } = dialog;
  switch (action) {
    case 'change-roles':
      return <ChangeRolesModal user={user} onClose={onClose} />;
    case 'link-card':
      return <LinkCardModal user={user} onClose={onClose} />;
    case 'enrol':
      return <EnrolModal user={user} onClose={onClose} />;
    case 'break-glass':
      return <BreakGlassModal user={user} onClose={onClose} />;
    case 'end-glass':
      return <EndGlassDialog user={user} onClose={onClose} />;
    case 'reset-password':
      return <ResetPasswordModal user={user} onClose={onClose} />;
    case 'end':
      return <EndDialog user={user} onClose={onClose} />;
    default:
      return action satisfies never;
  }
};

interface DialogProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

const EndGlassDialog = ({ user, onClose }: DialogProps) => {
  const end = useCommand('users:endBreakGlass', {
    onDone: () => {
      notifications.show({ title: 'Card again', message: 'A trust PC takes the password no more.' });
      onClose();
    },
  });
  return (
    <ConfirmWithReason
      opened
      title={`Stop letting the password of ${user.displayName} in`}
      confirmLabel="Stop it now"
      draftKey={draftKey(user.id, 'end-glass')}
      busy={end.isPending}
      fault={end.error}
      onCancel={onClose}
      onConfirm={(reason) => end.mutate({ id: user.id, reason: reason.slice(0, 500) })}
    >
      <Text size="sm">From now on a trust PC asks {user.username} for the card again.</Text>
    </ConfirmWithReason>
  );
};

const EndDialog = ({ user, onClose }: DialogProps) => {
  const end = useCommand('users:end', {
    onDone: () => {
      notifications.show({ title: 'Account ended', message: 'It can no longer sign in.' });
      onClose();
    },
  });
  return (
    <ConfirmWithReason
      opened
      title={`End the account of ${user.displayName}`}
      confirmLabel="End the account"
      draftKey={draftKey(user.id, 'end')}
      danger
      busy={end.isPending}
      fault={end.error}
      onCancel={onClose}
      onConfirm={(reason) => end.mutate({ id: user.id, reason: reason.slice(0, 500) })}
    >
      <Text size="sm">
        {user.username} will no longer be able to sign in. What they did stays in the ledger. To let them in
        again, add a new account.
      </Text>
    </ConfirmWithReason>
  );
};
