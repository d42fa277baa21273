import { Alert, Button, List, Stack, Title } from '@mantine/core';
import { IconAlertTriangle, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { useOperation } from '../../lib/api.ts';
import { useKeptDrafts } from '../../lib/use-draft.ts';
import { AddUserModal } from './add-user-modal.tsx';
import { type UserDialog, UserDialogs } from './user-dialogs.tsx';
import { keptDialog } from './user-words.ts';
import { UsersTable } from './users-table.tsx';

/** Who may sign in, by which way, and what should not stay so. Accounts are ended, never deleted: the ledger names them. */
export const UsersScreen = () => {
  const { may } = useSignedIn();
  const { data, error, refetch } = useOperation('users:list', {});
  const [adding, setAdding] = useState(false);
  const [dialog, setDialog] = useState<UserDialog | null>(null);
  const kept = useKeptDrafts('users/');
  // What was open when the session was locked is open again, with what was typed.
  const reopened = useRef(false);
  useEffect(() => {
    // Once: a dialog that was cancelled must not come back with the next reading.
    if (reopened.current || kept.length === 0 || data === undefined || !may('users:changeRoles')) return;
    reopened.current = true;
    const open = keptDialog(kept, data.users);
    if (open === 'add') setAdding(true);
    else setDialog((now) => now ?? open);
  });
  const users = data?.users ?? [];
  const present = users.filter((user) => user.endedAt === null);
  const ended = users.filter((user) => user.endedAt !== null);
  return (
    <>
      <PageHeader
        title="Users and roles"
        description={
          may('users:add')
            ? 'People who may sign in to this store, what they may do, and by which way they come in.'
            : 'You can read these. The system owner changes them.'
        }
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
      {data === undefined && error === null && <LoadingRows rows={6} rowHeight={72} />}
      {data !== undefined && (
        <Stack gap="md">
          <Warnings warnings={data.warnings} />
          {present.length === 0 ? (
            <EmptyState title="No accounts" />
          ) : (
            <UsersTable
              label="Users"
              users={present}
              onAct={may('users:changeRoles') ? (action, user) => setDialog({ action, user }) : null}
            />
          )}
          {ended.length > 0 && (
            <section aria-labelledby="ended-accounts">
              <Title order={2} size="h4" id="ended-accounts" mb="xs">
                Ended accounts
              </Title>
              <UsersTable label="Ended accounts" users={ended} onAct={null} />
            </section>
          )}
        </Stack>
      )}
      {/* Unmounted when closed, so a first password is not kept. */}
      {adding && <AddUserModal onClose={() => setAdding(false)} />}
      <UserDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
};

/** Standing, not dismissable: it goes when what it says is mended. */
const Warnings = ({ warnings }: { readonly warnings: readonly string[] }) => {
  if (warnings.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={warnings.length === 1 ? 'One thing should not stay so' : 'These should not stay so'}
    >
      <List size="sm" spacing={4}>
        {warnings.map((warning) => (
          <List.Item key={warning}>{warning}</List.Item>
        ))}
      </List>
    </Alert>
  );
};
