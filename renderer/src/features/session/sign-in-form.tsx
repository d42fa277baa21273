import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { useSession } from '../../ground/session.tsx';
import { invoke } from '../../lib/api.ts';
import { type CredentialFault, credentialFaultOf } from './credential-fault.ts';
import { FaultNotice, useWait } from './fault-notice.tsx';
import classes from './sign-in-form.module.css';
import { TrainingAccounts } from './training-accounts.tsx';

interface SignInFormProps {
  readonly trainingAccounts: SessionState['trainingAccounts'];
  /** Told of each key with the password as it stands, and null as the form goes: a card must not take the form from under anybody's hands. */
  readonly onTyped: (password: string | null) => void;
  readonly onRefused: (reason: unknown) => void;
  /** Under the form: the ways out of being stuck here. */
  readonly children: ReactNode;
}

export const SignInForm = ({ trainingAccounts, onTyped, onRefused, children }: SignInFormProps) => {
  const { apply } = useSession();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [capsLock, setCapsLock] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CredentialFault | null>(null);
  const wait = useWait(fault);
  const passwordField = useRef<HTMLInputElement>(null);
  const usernameField = useRef<HTMLInputElement>(null);

  useEffect(() => () => onTyped(null), [onTyped]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    if (username.trim() === '') return usernameField.current?.focus();
    if (password === '') return passwordField.current?.focus();
    setBusy(true);
    setFault(null);
    invoke('session:signIn', { username: username.trim(), password })
      .then(apply, (reason: unknown) => {
        setFault(credentialFaultOf(reason));
        onRefused(reason);
        onTyped('');
        setPassword('');
        passwordField.current?.focus();
      })
      .finally(() => setBusy(false));
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <div className={classes.columns}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack gap="md">
          <TextInput
            ref={usernameField}
            label="Username"
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            value={username}
            onChange={(event) => {
              onTyped(password);
              setUsername(event.currentTarget.value);
            }}
          />
          <PasswordInput
            ref={passwordField}
            label="Password"
            autoComplete="off"
            maxLength={256}
            value={password}
            onChange={(event) => {
              onTyped(event.currentTarget.value);
              setPassword(event.currentTarget.value);
            }}
            onKeyUp={watchCapsLock}
            onKeyDown={watchCapsLock}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
          <div role="status">
            {capsLock && (
              <Text size="sm" fw={600}>
                ⇪ Caps Lock is on
              </Text>
            )}
          </div>
          <FaultNotice fault={fault} wait={wait} />
          <div className={classes.action}>
            <Button type="submit" loading={busy} disabled={wait > 0}>
              Sign in
            </Button>
          </div>
          {children}
        </Stack>
      </form>
      {trainingAccounts.length > 0 && (
        <TrainingAccounts
          accounts={trainingAccounts}
          onPick={(account) => {
            setUsername(account.username);
            setPassword(account.password);
            onTyped(account.password);
            setFault(null);
            passwordField.current?.focus();
          }}
        />
      )}
    </div>
  );
};
