import { NumberInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useCommand } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';
import { isReason, ReasonField } from './reason-field.tsx';
import { UserModal } from './user-modal.tsx';
import type { UserRow } from './user-words.ts';

const LEAST = 1;
const MOST = 72;

interface BreakGlassModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

/** For a card that is lost or locked: the password again, for hours and not for good. */
export const BreakGlassModal = ({ user, onClose }: BreakGlassModalProps) => {
  const [hours, setHours] = useState<number | string>(8);
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(false);
  const glass = useCommand('users:breakGlass', {
    onDone: ({ until }) => {
      notifications.show({
        title: 'The password is let in',
        message: `A trust PC takes it until ${formatInstant(until)}.`,
      });
      onClose();
    },
  });
  const sound = typeof hours === 'number' && Number.isInteger(hours) && hours >= LEAST && hours <= MOST;
  const submit = () => {
    setTold(true);
    if (sound && isReason(reason)) glass.mutate({ id: user.id, hours, reason: reason.trim() });
  };
  return (
    <UserModal
      title={`Let the password of ${user.displayName} in`}
      submitLabel="Let the password in"
      danger
      busy={glass.isPending}
      fault={glass.error}
      faultTitle="The password was not let in"
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        This account signs in by card. For these hours a trust PC takes its password as well (“breaking the
        glass”), for instance because the card is lost or locked. Everybody who is signed in sees that it is
        so, and the ledger keeps it under your name. It ends by itself, or when you stop it here.
      </Text>
      <NumberInput
        label="For how many hours"
        description={`${LEAST} to ${MOST}`}
        required
        data-autofocus
        min={LEAST}
        max={MOST}
        allowDecimal={false}
        clampBehavior="none"
        w="14rem"
        maw="100%"
        value={hours}
        onChange={setHours}
        error={told && !sound ? `Enter a whole number from ${LEAST} to ${MOST}` : undefined}
      />
      <ReasonField value={reason} onChange={setReason} told={told} />
    </UserModal>
  );
};
