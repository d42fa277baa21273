import { Button, List, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Output } from '../../../../electron/contract/contract.ts';
import { ConfirmWithReason, ErrorState, LoadingRows } from '../../components/index.ts';
import { JobLine } from '../../components/job-line.tsx';
import { useCommand, useOperation } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';

type ImportRow = Output<'imports:list'>['rows'][number];

interface UndoImportProps {
  readonly row: ImportRow;
  readonly onUndone: () => void;
  readonly onClose: () => void;
}

/** The owner's step where the first file of a kind was the wrong one: what goes with it is seen first. */
export const UndoImport = ({ row, onUndone, onClose }: UndoImportProps) => {
  const { data, error, refetch } = useOperation('imports:whatRestsOn', { id: row.id });
  const undo = useCommand('imports:undo', {
    onDone: ({ sentence }) => {
      onClose();
      onUndone();
      notifications.show({ title: 'The import was undone', message: sentence });
    },
  });
  const title = 'Undo an import';
  if (data !== undefined && data.rests.length === 0) {
    return (
      <ConfirmWithReason
        opened
        danger
        title={title}
        confirmLabel="Undo the import"
        busy={undo.isPending}
        fault={undo.error}
        draftKey={`imports/${row.id}/undo`}
        onConfirm={(reason) => undo.mutate({ id: row.id, reason })}
        onCancel={onClose}
      >
        <Stack gap="xs">
          <Which row={row} />
          <Text size="sm">Everything is then as if it had not been imported:</Text>
          <Sentences sentences={data.effects} />
          <Text size="sm">
            It cannot be taken back. Import the right file afterwards. The ledger keeps both, with your
            reason.
          </Text>
          {undo.isPending && <JobLine cancelLabel="Cancel the undo" />}
        </Stack>
      </ConfirmWithReason>
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Which row={row} />
        {error !== null && <ErrorState fault={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <LoadingRows rows={2} label="Looking at what rests on it" />}
        {data !== undefined && (
          <>
            <Text size="sm">It cannot be undone any more.</Text>
            <Sentences sentences={data.rests} />
          </>
        )}
        <Button variant="default" onClick={onClose} ml="auto">
          Close
        </Button>
      </Stack>
    </Modal>
  );
};

const Which = ({ row }: { readonly row: ImportRow }) => (
  <Text size="sm" fw={500}>
    {row.fileName}, imported on {formatInstant(row.importedAt)} by {row.importedBy}
  </Text>
);

const Sentences = ({ sentences }: { readonly sentences: readonly string[] }) => (
  <List size="sm" spacing={4}>
    {sentences.map((sentence) => (
      <List.Item key={sentence}>{sentence}</List.Item>
    ))}
  </List>
);
