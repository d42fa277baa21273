import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { FormModal } from '../../components/index.ts';
import { KeptNote } from '../../components/kept-note.tsx';
import { NewPasswordFields, NO_PASSWORD } from '../../components/new-password-fields.tsx';
import { checkOwner, EMPTY_OWNER, isSound } from '../../lib/owner-draft.ts';
import { ROLE_IDS, roleWords } from '../../lib/permissions.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import { ADD_DRAFT } from './user-words.ts';

const NOBODY_YET = { ...EMPTY_OWNER, roles: '' };

/** Who they are and what they may do is kept across a lock; their first password never is. */
export const AddUserModal = ({ onClose }: { readonly onClose: () => void }) => {
  const draft = useDraft(ADD_DRAFT, NOBODY_YET);
  const { value } = draft;
  const change = (part: Partial<typeof value>) => draft.change({ ...value, ...part });
  const chosen = value.roles.split(' ');
  const roles = ROLE_IDS.filter((role) => chosen.includes(role));
  const [password, setPassword] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const add = useSecretCommand('users:add', {
    onDone: () => {
      draft.forget();
      notifications.show({
        title: 'User added',
        message: 'Give them the first password; they must change it.',
      });
      onClose();
    },
  });
  const faults = told ? checkOwner(value) : {};
  const submit = () => {
    setTold(true);
    if (!isSound(checkOwner(value)) || roles.length === 0 || password.judgement?.acceptable !== true) return;
    add.run({
      username: value.username.trim(),
      displayName: value.displayName.trim(),
      employeeNumber: value.employeeNumber.trim() === '' ? null : value.employeeNumber.trim(),
      roles: [...roles],
      firstPassword: password.password,
    });
  };
  return (
    <FormModal
      title="Add a user"
      submitLabel="Add the user"
      busy={add.busy}
      fault={add.fault}
      faultTitle="The user was not added"
      onSubmit={submit}
      onClose={() => {
        draft.discard();
        onClose();
      }}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        autoComplete="off"
        maxLength={200}
        value={value.displayName}
        onChange={(event) => change({ displayName: event.currentTarget.value })}
        error={faults.displayName}
      />
      <Group grow align="flex-start">
        <TextInput
          label="Username"
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={value.username}
          onChange={(event) => change({ username: event.currentTarget.value })}
          error={faults.username}
        />
        <TextInput
          label="ESR employee number (optional)"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={value.employeeNumber}
          onChange={(event) => change({ employeeNumber: event.currentTarget.value })}
          error={faults.employeeNumber}
        />
      </Group>
      <Text size="xs" c="dimmed">
        Officers need the employee number: without it they can neither approve nor key, since the program
        could not tell that a request is not their own.
      </Text>
      <Checkbox.Group
        label="Roles"
        description="A person may hold several. Nobody may authorise, approve and key the same request."
        required
        value={[...roles]}
        onChange={(values) => change({ roles: values.join(' ') })}
        error={told && roles.length === 0 ? 'Choose at least one role' : undefined}
      >
        <Stack gap="xs" mt="xs">
          {ROLE_IDS.map((role) => (
            <Checkbox key={role} value={role} label={roleWords(role)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NewPasswordFields
        label="First password"
        value={password}
        onChange={setPassword}
        about={[value.username, value.displayName, value.employeeNumber]}
        told={told}
        once
      />
      <KeptNote draft={draft} />
    </FormModal>
  );
};
