import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useSignedIn } from '../../app/session.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { formatInstant } from '../../lib/format.ts';
import { rolesInWords } from '../../lib/permissions.ts';
import type { UserRow } from './users-screen.tsx';

interface UsersTableProps {
  readonly users: readonly UserRow[];
  /** Null, both of them, for those who may only read. */
  readonly onReset: ((user: UserRow) => void) | null;
  readonly onEnd: ((user: UserRow) => void) | null;
}

export const UsersTable = ({ users, onReset, onEnd }: UsersTableProps) => {
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
            {(onReset !== null || onEnd !== null) && (
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
              {(onReset !== null || onEnd !== null) && (
                <Table.Td>
                  {/* One's own account has neither: the password is changed in the menu under the name. */}
                  {user.id !== me.id && (
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      {onReset !== null && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          disabled={user.endedAt !== null}
                          aria-label={`Reset the password of ${user.displayName}`}
                          onClick={() => onReset(user)}
                        >
                          Reset password
                        </Button>
                      )}
                      {onEnd !== null && user.endedAt === null && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`End the account of ${user.displayName}`}
                          onClick={() => onEnd(user)}
                        >
                          End
                        </Button>
                      )}
                    </Group>
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
