import { Button, Menu, Text } from '@mantine/core';
import {
  IconChevronDown,
  IconId,
  IconKeyboard,
  IconLock,
  IconLogout,
  IconPassword,
} from '@tabler/icons-react';
import type { SessionState } from '../../../electron/contract/session.contract.ts';
import { useSession, useSignedIn } from '../ground/session.tsx';
import { useTheme } from '../ground/theme-choice.tsx';
import { THEME_CHOICES } from '../ground/theme-words.ts';
import { rolesInWords } from '../lib/permissions.ts';

interface AccountMenuProps {
  readonly onChangePassword: () => void;
  /** Null while there is no card to enrol. */
  readonly onEnrolCard: (() => void) | null;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
  readonly onHelp: () => void;
}

const ICON = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** How they came in, and on what kind of PC. */
const wayWords = (state: SessionState | null): string => {
  const device = state?.device === 'remote' ? 'a remote device' : 'a trust PC';
  switch (state?.way) {
    case 'card':
      return `Signed in by smartcard on ${device}`;
    case 'recovery phrase':
      return `Signed in by the recovery phrase on ${device}`;
    default:
      return `Signed in by password on ${device}`;
  }
};

/** Who is signed in, as what, and the ways to leave. */
export const AccountMenu = (props: AccountMenuProps) => {
  const { user } = useSignedIn();
  const { state } = useSession();
  const { theme, choose } = useTheme();
  return (
    // Mantine's placeholder for the focus is no menu item, which readers then do not make sense of.
    <Menu position="bottom-end" width={280} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="sm"
          rightSection={<IconChevronDown size={15} aria-hidden="true" />}
          aria-label={`Account: ${user.displayName}`}
        >
          {user.displayName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Account">
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {user.displayName}
          </Text>
          <Text size="xs">{user.username}</Text>
          <Text size="xs">{rolesInWords(user.roles)}</Text>
          <Text size="xs">{wayWords(state)}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup
          value={theme}
          onChange={(value) => {
            const chosen = THEME_CHOICES.find((choice) => choice.value === value);
            if (chosen !== undefined) choose(chosen.value);
          }}
        >
          {THEME_CHOICES.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value}>
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard {...ICON} />} rightSection="?" onClick={props.onHelp}>
          Keyboard help
        </Menu.Item>
        <Menu.Item leftSection={<IconPassword {...ICON} />} onClick={props.onChangePassword}>
          Change password
        </Menu.Item>
        {props.onEnrolCard !== null && (
          <Menu.Item leftSection={<IconId {...ICON} />} onClick={props.onEnrolCard}>
            Enrol my smartcard
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLock {...ICON} />} rightSection="Ctrl L" onClick={props.onLock}>
          Lock now
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout {...ICON} />} onClick={props.onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
