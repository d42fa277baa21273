import { NumberInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { FormModal } from '../../components/index.ts';
import { KeptNote } from '../../components/kept-note.tsx';
import { useCommand } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { isReason, ReasonField } from './reason-field.tsx';
import { draftKey, type UserRow } from './user-words.ts';

const LEAST = 1;
const MOST = 72;

interface BreakGlassModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

/** For a card that is lost or locked: the password again, for hours and not for good. */
export const BreakGlassModal = ({ user, onClose }: BreakGlassModalProps) => {
  const draft = useDraft(draftKey(user.id, 'break-glass'), { hours: '8', reason: '' });
  const { reason } = draft.value;
  const hours = Number(draft.value.hours);
  const [told, setTold] = useState(false);
  const glass = useCommand('users:breakGlass', {
    onDone: ({ until }) => {
      draft.forget();
      notifications.show({
        title: 'The password is let in',
        message: `A trust PC takes it until ${formatInstant(until)}.`,
      });
      onClose();
    },
  });
  const sound = Number.isInteger(hours) && hours >= LEAST && hours <= MOST;
  const submit = () => {
    setTold(true);
    if (sound && isReason(reason)) glass.mutate({ id: user.id, hours, reason: reason.trim() });
  };
  return (
    <FormModal
      title={`Let the password of ${user.displayName} in`}
      submitLabel="Let the password in"
      danger
      busy={glass.isPending}
      fault={glass.error}
      faultTitle="The password was not let in"
      onSubmit={submit}
      onClose={() => {
        draft.discard();
        onClose();
      }}
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
        value={draft.value.hours}
        onChange={(next) => draft.change({ ...draft.value, hours: String(next) })}
        error={told && !sound ? `Enter a whole number from ${LEAST} to ${MOST}` : undefined}
      />
      <ReasonField
        value={reason}
        onChange={(next) => draft.change({ ...draft.value, reason: next })}
        told={told}
      />
      <KeptNote draft={draft} />
    </FormModal>
  );
};
