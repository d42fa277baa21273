export const ChangePasswordModal = (_: { opened: boolean; onClose: () => void }) => null;
