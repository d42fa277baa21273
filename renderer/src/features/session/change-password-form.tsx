import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { SessionState, SignedInUser } from '../../../../electron/contract/session.contract.ts';
import { NewPasswordFields, NO_PASSWORD } from '../../components/new-password-fields.tsx';
import { passwordIsReady } from '../../components/password-strength.ts';
import { invoke } from '../../lib/api.ts';
import { type CredentialFault, credentialFaultOf } from './credential-fault.ts';
import { FaultNotice, useWait } from './fault-notice.tsx';

interface ChangePasswordFormProps {
  readonly user: SignedInUser;
  readonly onDone: (state: SessionState) => void;
  /** The way out beside the button: Cancel, or Sign out. */
  readonly other: ReactNode;
}

export const ChangePasswordForm = ({ user, onDone, other }: ChangePasswordFormProps) => {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CredentialFault | null>(null);
  const wait = useWait(fault);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (busy || wait > 0 || present === '' || !passwordIsReady(next)) return;
    setBusy(true);
    setFault(null);
    invoke('session:changePassword', { present, next: next.password })
      .then(onDone, (reason: unknown) => setFault(credentialFaultOf(reason)))
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <PasswordInput
          label="Present password"
          required
          autoFocus
          data-autofocus
          autoComplete="current-password"
          maxLength={256}
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          error={told && present === '' ? 'Enter the password you have now' : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the present password' }}
        />
        <NewPasswordFields
          label="New password"
          value={next}
          onChange={setNext}
          about={[user.username, user.displayName]}
          told={told}
        />
        <FaultNotice fault={fault} wait={wait} />
        <Group justify="flex-end">
          {other}
          <Button type="submit" loading={busy} disabled={wait > 0}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
