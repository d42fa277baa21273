import { Drawer, Stack, Text } from '@mantine/core';
import type { LedgerRow } from '../../../../electron/contract/ledger.contract.ts';
import { Facts } from '../../components/facts.tsx';
import { CopyValue } from '../../components/index.ts';
import { formatInstant, formatNumber } from '../../lib/format.ts';

interface LedgerEntryProps {
  readonly entry: LedgerRow;
  readonly onClose: () => void;
}

/** One entry in full, with the hash that stands in the tree. */
export const LedgerEntry = ({ entry, onClose }: LedgerEntryProps) => (
  <Drawer
    opened
    onClose={onClose}
    position="right"
    size="lg"
    title={`Ledger entry ${formatNumber(entry.seq)}`}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <Stack gap="md">
      <Text>{entry.sentence}</Text>
      <Facts
        facts={[
          ['When', formatInstant(entry.at)],
          ['Who', entry.actor],
          ['Command', entry.operation],
          ['On', entry.subject],
          ['Outcome', entry.outcome === 'done' ? 'Done' : 'Refused'],
          ['Leaf hash', <CopyValue key="hash" label="leaf hash" value={entry.leafHash} />],
        ]}
      />
    </Stack>
  </Drawer>
);
