import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { commandOf, MENU_COMMANDS, MENU_WORDS, type MenuCommand } from './next-step.ts';

interface MoreMenuProps {
  readonly detail: RequestDetail;
  /** Steps that the primary panel offers already. */
  readonly hidden: readonly MenuCommand[];
  readonly onChoose: (command: MenuCommand) => void;
}

/** The steps beside the primary one. What may not be done now stays in the list and says why. */
export const MoreMenu = ({ detail, hidden, onChoose }: MoreMenuProps) => {
  const shown = MENU_COMMANDS.filter((command) => !hidden.includes(command))
    .map((command) => ({ command, ...commandOf(detail, command) }))
    .filter((entry) => entry.allowed || entry.why !== null);
  if (shown.length === 0) return null;
  return (
    <Menu position="bottom-end" width={340} withinPortal>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(({ command, allowed, why }) => (
          <Menu.Item
            key={command}
            aria-disabled={!allowed}
            closeMenuOnClick={allowed}
            onClick={() => {
              if (allowed) onChoose(command);
            }}
          >
            <Text span size="sm" {...(allowed ? {} : { c: 'dimmed' })}>
              {MENU_WORDS[command].label}
            </Text>
            {command === 'undo' && allowed && detail.undoes !== null && (
              <Text size="xs" c="dimmed">
                Takes back: {detail.undoes}
              </Text>
            )}
            {!allowed && why !== null && (
              <Text size="xs" c="dimmed">
                Not now: {why}
              </Text>
            )}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
