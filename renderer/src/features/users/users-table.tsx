import { Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useSignedIn } from '../../app/session.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { formatInstant } from '../../lib/format.ts';
import { rolesInWords } from '../../lib/permissions.ts';
import type { UserRow } from './users-screen.tsx';

interface UsersTableProps {
  readonly users: readonly UserRow[];
  /** Null for those who may only read. */
  readonly onEnd: ((user: UserRow) => void) | null;
}

export const UsersTable = ({ users, onEnd }: UsersTableProps) => {
  const { user: me } = useSignedIn();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" aria-label="Users">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Roles</Table.Th>
            <Table.Th>Employee number</Table.Th>
            <Table.Th>Last sign-in</Table.Th>
            <Table.Th>State</Table.Th>
            {onEnd !== null && (
              <Table.Th>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td>
                {user.displayName}
                <Text size="xs" c="dimmed">
                  {user.username}
                </Text>
              </Table.Td>
              <Table.Td>{rolesInWords(user.roles)}</Table.Td>
              <Table.Td>{user.employeeNumber ?? '–'}</Table.Td>
              <Table.Td>{user.lastSignInAt === null ? 'Never' : formatInstant(user.lastSignInAt)}</Table.Td>
              <Table.Td>
                {user.endedAt === null ? (
                  <Mark word="Active" shape="tick" tone="good" />
                ) : (
                  <Mark word={`Ended ${formatInstant(user.endedAt)}`} shape="barred" tone="plain" />
                )}
              </Table.Td>
              {onEnd !== null && (
                <Table.Td ta="right">
                  {user.endedAt === null && user.id !== me.id && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`End the account of ${user.displayName}`}
                      onClick={() => onEnd(user)}
                    >
                      End
                    </Button>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
