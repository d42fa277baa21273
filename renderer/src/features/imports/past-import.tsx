import { Button, Drawer, Stack, Text } from '@mantine/core';
import type { Output } from '../../../../electron/contract/contract.ts';
import { Facts } from '../../components/facts.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { formatInstant, formatNumber } from '../../lib/format.ts';
import { PAST_KIND } from './kind-words.ts';

interface PastImportProps {
  readonly row: Output<'imports:list'>['rows'][number];
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** One past import in full, and the owner's way to undo the first of its kind. */
export const PastImport = ({ row, onUndo, onClose }: PastImportProps) => {
  const { may } = useSignedIn();
  const { counts, undone } = row;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={`Import of ${row.fileName}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Facts
          facts={[
            ['Kind', PAST_KIND[row.kind]],
            ['Imported', `${formatInstant(row.importedAt)} by ${row.importedBy}`],
            ['Extract taken', row.takenAt === null ? 'not said' : formatInstant(row.takenAt)],
            ['Rows read', formatNumber(counts.read)],
            ['New', formatNumber(counts.new)],
            ['Changed', formatNumber(counts.changed)],
            ['Ended', formatNumber(counts.ended)],
            ['Unchanged', formatNumber(counts.unchanged)],
            ['Failed', formatNumber(counts.failed)],
            ...(undone === null
              ? []
              : [['Undone', `${formatInstant(undone.at)} by ${undone.by}`] as [string, string]]),
          ]}
        />
        {row.first && may('imports:undo') && (
          <>
            <Text size="sm" c="dimmed">
              It is the first of its kind. Where it was the wrong file, it can be undone while nothing rests
              on it.
            </Text>
            <Button variant="default" onClick={onUndo} mr="auto">
              Undo the import…
            </Button>
          </>
        )}
      </Stack>
    </Drawer>
  );
};
