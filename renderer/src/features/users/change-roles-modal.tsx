import { Checkbox, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { RoleId } from '../../../../electron/contract/operation.ts';
import { FormModal } from '../../components/index.ts';
import { KeptNote } from '../../components/kept-note.tsx';
import { useCommand } from '../../lib/api.ts';
import { ROLE_IDS, roleWords } from '../../lib/permissions.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { isReason, ReasonField } from './reason-field.tsx';
import { draftKey, type UserRow } from './user-words.ts';

interface ChangeRolesModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

/** Which roles check one another is the program's to say: it refuses them with the sentence. */
export const ChangeRolesModal = ({ user, onClose }: ChangeRolesModalProps) => {
  const draft = useDraft(draftKey(user.id, 'change-roles'), { roles: user.roles.join(' '), reason: '' });
  const { reason } = draft.value;
  const chosen = draft.value.roles.split(' ');
  const roles = ROLE_IDS.filter((role) => chosen.includes(role));
  const [told, setTold] = useState(false);
  const change = useCommand('users:changeRoles', {
    onDone: () => {
      draft.forget();
      notifications.show({ title: 'Roles changed', message: 'They hold from now on.' });
      onClose();
    },
  });
  const same = roles.length === user.roles.length && roles.every((role) => user.roles.includes(role));
  const submit = () => {
    setTold(true);
    if (roles.length === 0 || same || !isReason(reason)) return;
    change.mutate({ id: user.id, roles: [...roles], reason: reason.trim() });
  };
  return (
    <FormModal
      title={`Change the roles of ${user.displayName}`}
      submitLabel="Change the roles"
      busy={change.isPending}
      fault={change.error}
      faultTitle="The roles were not changed"
      onSubmit={submit}
      onClose={() => {
        draft.discard();
        onClose();
      }}
    >
      <Checkbox.Group
        label="Roles"
        description="Nobody may hold two roles of which one checks the other."
        required
        value={[...roles]}
        onChange={(values) => draft.change({ ...draft.value, roles: values.join(' ') })}
        error={told ? rolesFault(roles, same) : undefined}
      >
        <Stack gap="xs" mt="xs">
          {ROLE_IDS.map((role, index) => (
            <Checkbox
              key={role}
              value={role}
              label={roleWords(role)}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <ReasonField
        value={reason}
        onChange={(next) => draft.change({ ...draft.value, reason: next })}
        told={told}
      />
      <KeptNote draft={draft} />
    </FormModal>
  );
};

const rolesFault = (roles: readonly RoleId[], same: boolean): string | undefined => {
  if (roles.length === 0) return 'Choose at least one role. To let nobody in, end the account.';
  return same ? 'These are the roles as they are. Choose others, or cancel.' : undefined;
};
