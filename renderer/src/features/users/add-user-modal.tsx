import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { RoleId } from '../../../../electron/contract/operation.ts';
import { ErrorState } from '../../components/states.tsx';
import { ROLE_IDS, roleWords } from '../../lib/permissions.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import { checkOwner, isSound } from '../session/create-store.ts';
import { NewPasswordFields, NO_PASSWORD } from '../session/new-password-fields.tsx';

interface AddUserModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const AddUserModal = ({ opened, onClose }: AddUserModalProps) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title="Add a user"
    size="lg"
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    {/* Unmounted when closed, so a first password is not kept. */}
    {opened && <AddUserForm onClose={onClose} />}
  </Modal>
);

const AddUserForm = ({ onClose }: { readonly onClose: () => void }) => {
  const [draft, setDraft] = useState({ displayName: '', username: '', employeeNumber: '' });
  const [roles, setRoles] = useState<readonly RoleId[]>([]);
  const [password, setPassword] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const add = useSecretCommand('users:add', {
    onDone: () => {
      notifications.show({
        title: 'User added',
        message: 'Give them the first password; they must change it.',
      });
      onClose();
    },
  });
  const faults = told ? checkOwner(draft) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (
      !isSound(checkOwner(draft)) ||
      roles.length === 0 ||
      password.judgement?.acceptable !== true ||
      add.busy
    )
      return;
    add.run({
      username: draft.username.trim(),
      displayName: draft.displayName.trim(),
      employeeNumber: draft.employeeNumber.trim() === '' ? null : draft.employeeNumber.trim(),
      roles: [...roles],
      firstPassword: password.password,
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          data-autofocus
          autoComplete="off"
          maxLength={200}
          value={draft.displayName}
          onChange={(event) => setDraft({ ...draft, displayName: event.currentTarget.value })}
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
            value={draft.username}
            onChange={(event) => setDraft({ ...draft, username: event.currentTarget.value })}
            error={faults.username}
          />
          <TextInput
            label="ESR employee number (optional)"
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            value={draft.employeeNumber}
            onChange={(event) => setDraft({ ...draft, employeeNumber: event.currentTarget.value })}
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
          onChange={(values) => setRoles(ROLE_IDS.filter((role) => values.includes(role)))}
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
          about={[draft.username, draft.displayName, draft.employeeNumber]}
          told={told}
          once
        />
        {add.fault !== null && <ErrorState fault={add.fault} title="The user was not added" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.busy}>
            Add the user
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
