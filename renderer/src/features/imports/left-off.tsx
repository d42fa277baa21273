import { Text } from '@mantine/core';
import { formatCount } from '../../lib/format.ts';

/** What is counted and not listed. */
export const LeftOff = ({ count, noun }: { readonly count: number; readonly noun: string }) =>
  count === 0 ? null : (
    <Text size="sm" c="dimmed">
      And {formatCount(count, `more ${noun}`)}, not shown.
    </Text>
  );
