import { Button, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { useSignedIn } from '../../app/session.tsx';
import { ConfirmWithReason } from '../../components/confirm-with-reason.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states.tsx';
import { useCommand, useOperation } from '../../lib/api.ts';
import { AddUserModal } from './add-user-modal.tsx';
import { ResetPasswordModal } from './reset-password-modal.tsx';
import { UsersTable } from './users-table.tsx';

export type UserRow = Output<'users:list'>['users'][number];

/** Who may sign in. Accounts are ended, never deleted: the ledger names them. */
export const UsersScreen = () => {
  const { may } = useSignedIn();
  const { data, error, refetch } = useOperation('users:list', {});
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<UserRow | null>(null);
  const [resetting, setResetting] = useState<UserRow | null>(null);
  const [showEnded, setShowEnded] = useState(false);
  const end = useCommand('users:end', {
    onDone: () => {
      notifications.show({ title: 'Account ended', message: 'It can no longer sign in.' });
      setEnding(null);
    },
  });
  const users = data?.users ?? [];
  const shown = showEnded ? users : users.filter((user) => user.endedAt === null);
  return (
    <>
      <PageHeader
        title="Users"
        description="People who may sign in to this store, and what they may do."
        action={
          may('users:add') ? (
            <Button
              leftSection={<IconUserPlus size={16} aria-hidden="true" />}
              onClick={() => setAdding(true)}
            >
              Add a user
            </Button>
          ) : undefined
        }
      />
      {error !== null && (
        <ErrorState fault={error} title="The users could not be read" onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <LoadingRows rows={6} rowHeight={52} />}
      {data !== undefined && (
        <>
          <Switch
            mb="sm"
            label="Show ended accounts"
            checked={showEnded}
            onChange={(event) => setShowEnded(event.currentTarget.checked)}
          />
          {shown.length === 0 ? (
            <EmptyState title="No accounts" />
          ) : (
            <UsersTable
              users={shown}
              onReset={may('users:resetPassword') ? setResetting : null}
              onEnd={may('users:end') ? setEnding : null}
            />
          )}
        </>
      )}
      <AddUserModal opened={adding} onClose={() => setAdding(false)} />
      <ResetPasswordModal user={resetting} onClose={() => setResetting(null)} />
      <ConfirmWithReason
        opened={ending !== null}
        title={`End the account of ${ending?.displayName ?? ''}`}
        confirmLabel="End the account"
        danger
        busy={end.isPending}
        fault={end.error}
        onCancel={() => {
          end.reset();
          setEnding(null);
        }}
        onConfirm={(reason) => {
          if (ending !== null) end.mutate({ id: ending.id, reason: reason.slice(0, 500) });
        }}
      >
        <Text size="sm">
          {ending?.username} will no longer be able to sign in. What they did stays in the ledger. To let them
          in again, add a new account.
        </Text>
      </ConfirmWithReason>
    </>
  );
};
