import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ChangePasswordForm } from '../features/session/change-password-form.tsx';
import { useSession, useSignedIn } from '../ground/session.tsx';

export const ChangePasswordModal = ({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) => {
  const { apply } = useSession();
  const { user } = useSignedIn();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Change password"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ChangePasswordForm
        user={user}
        onDone={(state) => {
          onClose();
          apply(state);
          notifications.show({ title: 'Password changed', message: 'Use the new one from now on.' });
        }}
        other={
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        }
      />
    </Modal>
  );
};
