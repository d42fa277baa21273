import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Draft } from '../lib/use-draft.ts';

interface NoteProps<K extends keyof Draft<unknown>> {
  readonly draft: Pick<Draft<unknown>, K>;
}

/** Says that a form was filled in before, and lets go of it; and where what is typed now would not outlive a lock. */
export const KeptNote = ({ draft }: NoteProps<'restored' | 'unkeepable' | 'discard'>) => (
  <div role="status">
    {draft.restored && (
      <Text size="sm" c="dimmed">
        Kept from before.{' '}
        <Anchor component="button" type="button" size="sm" onClick={draft.discard}>
          Discard it
        </Anchor>
      </Text>
    )}
    {draft.unkeepable && <Unkeepable />}
  </div>
);

/** The second half alone, for a form that says the first in its own way. */
export const UnkeepableNote = ({ draft }: NoteProps<'unkeepable'>) => (
  <div role="status">{draft.unkeepable && <Unkeepable />}</div>
);

/** Read out where it stands: it takes the keyboard from nobody. */
const Unkeepable = () => (
  <Group gap="xs" wrap="nowrap">
    <IconAlertTriangle size={18} color="var(--ead-tone-warn)" aria-hidden="true" style={{ flex: 'none' }} />
    <Text size="sm">
      What you type here cannot be kept: if the program locks before you finish, it is lost.
    </Text>
  </Group>
);
