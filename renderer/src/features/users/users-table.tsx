import { ActionIcon, Menu, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Mark } from '../../components/status-mark.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { formatCardNumber } from '../../lib/card-words.ts';
import { formatDate, formatInstant } from '../../lib/format.ts';
import { londonDay } from '../../lib/london-time.ts';
import { rolesInWords } from '../../lib/permissions.ts';
import { useNow } from '../../lib/use-now.ts';
import { actionsFor, isGlassBroken, type UserAction, type UserRow, wayWords } from './user-words.ts';
import classes from './users.module.css';

interface UsersTableProps {
  readonly label: string;
  readonly users: readonly UserRow[];
  /** Null for those who may only read, and for accounts that have ended. */
  readonly onAct: ((action: UserAction, user: UserRow) => void) | null;
}

export const UsersTable = ({ label, users, onAct }: UsersTableProps) => (
  <Table.ScrollContainer minWidth={860}>
    <Table verticalSpacing="xs" aria-label={label} className={classes.table ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Roles</Table.Th>
          <Table.Th>Last sign-in</Table.Th>
          <Table.Th>Ways in on this PC</Table.Th>
          <Table.Th>State</Table.Th>
          {onAct !== null && (
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
                {[user.username, user.employeeNumber].filter((part) => part !== null).join(' · ')}
              </Text>
            </Table.Td>
            <Table.Td>{rolesInWords(user.roles)}</Table.Td>
            <Table.Td className={classes.when ?? ''}>
              {user.lastSignInAt === null ? 'Never' : formatInstant(user.lastSignInAt)}
              <Text size="xs" c="dimmed">
                {wayWords(user.lastWay)}
              </Text>
            </Table.Td>
            <Table.Td>
              <Ways user={user} />
            </Table.Td>
            <Table.Td>
              <State user={user} />
            </Table.Td>
            {onAct !== null && (
              <Table.Td>
                <Actions user={user} onAct={(action) => onAct(action, user)} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);

const Ways = ({ user: { hasPassword, card, endedAt } }: { readonly user: UserRow }) => (
  <div className={classes.marks}>
    {hasPassword ? (
      <Mark word="Password" shape="tick" tone="good" />
    ) : (
      <Mark word="No password" shape="barred" tone="plain" />
    )}
    {card === null ? (
      <Mark word="No card linked" shape="ring" tone="plain" />
    ) : (
      <>
        {endedAt === null &&
          (card.enrolled ? (
            <Mark word="Card, enrolled" shape="tick" tone="good" />
          ) : (
            <Mark word="Card, not enrolled" shape="triangle" tone="warn" />
          ))}
        <Text span size="xs" c="dimmed" className={classes.number ?? ''}>
          {formatCardNumber(card.uuid)}
        </Text>
      </>
    )}
  </div>
);

const dayOf = (instant: string): string => formatDate(londonDay(new Date(instant)));

const State = ({ user }: { readonly user: UserRow }) => {
  const now = useNow();
  if (user.endedAt !== null) {
    return <Mark word={`Ended ${dayOf(user.endedAt)}`} shape="barred" tone="plain" />;
  }
  return (
    <div className={classes.marks}>
      {user.signedIn ? (
        <Mark word="Signed in now" shape="disc" tone="good" />
      ) : (
        <Mark word="Active" shape="tick" tone="good" />
      )}
      {user.cardOnlySince !== null && (
        <Mark word={`Card only since ${dayOf(user.cardOnlySince)}`} shape="key" tone="info" />
      )}
      {isGlassBroken(user, now) && user.glassUntil !== null && (
        <Mark word={`Password let in until ${formatInstant(user.glassUntil)}`} shape="triangle" tone="warn" />
      )}
    </div>
  );
};

interface ActionsProps {
  readonly user: UserRow;
  readonly onAct: (action: UserAction) => void;
}

const Actions = ({ user, onAct }: ActionsProps) => {
  const { user: me } = useSignedIn();
  const now = useNow();
  return (
    <Menu
      position="bottom-end"
      width={320}
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`Actions for ${user.displayName}`}>
          <IconDots size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${user.displayName}`}>
        {actionsFor(user, me.id, now).map(({ action, label, why }) => (
          <Menu.Item
            key={action}
            // Not `disabled`: the keyboard must reach a closed line to read why it is closed.
            aria-disabled={why !== null}
            closeMenuOnClick={why === null}
            className={classes.item ?? ''}
            onClick={() => {
              if (why === null) onAct(action);
            }}
          >
            {label}
            {why !== null && <span className={classes.why}>{why}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
