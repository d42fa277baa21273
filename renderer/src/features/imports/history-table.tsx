import { Title } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { type Column, EmptyState, Mark, VirtualTable } from '../../components/index.ts';
import { invoke } from '../../lib/api.ts';
import { formatInstant, formatNumber } from '../../lib/format.ts';
import classes from './imports.module.css';
import { PAST_KIND } from './kind-words.ts';
import { PastImport } from './past-import.tsx';
import { UndoImport } from './undo-import.tsx';

type ImportRow = Output<'imports:list'>['rows'][number];

const COLUMNS: readonly Column<ImportRow>[] = [
  {
    key: 'at',
    header: 'Imported',
    width: 'minmax(10.2rem, 0.8fr)',
    cell: (row) => formatInstant(row.importedAt),
  },
  {
    key: 'kind',
    header: 'Kind',
    width: 'minmax(7.2rem, 0.5fr)',
    cell: (row) =>
      row.undone === null ? PAST_KIND[row.kind] : <Mark word="undone" shape="back" tone="plain" />,
  },
  { key: 'file', header: 'File', width: 'minmax(8rem, 2fr)', cell: (row) => row.fileName },
  {
    key: 'taken',
    header: 'Taken',
    width: 'minmax(10.2rem, 0.8fr)',
    cell: (row) => (row.takenAt === null ? 'not said' : formatInstant(row.takenAt)),
  },
  { key: 'by', header: 'By', width: 'minmax(6.6rem, 0.8fr)', cell: (row) => row.importedBy },
  { key: 'new', header: 'New', width: '4.4rem', align: 'end', cell: (row) => formatNumber(row.counts.new) },
  {
    key: 'changed',
    header: 'Changed',
    width: '5.9rem',
    align: 'end',
    cell: (row) => formatNumber(row.counts.changed),
  },
  {
    key: 'ended',
    header: 'Ended',
    width: '4.9rem',
    align: 'end',
    cell: (row) => formatNumber(row.counts.ended),
  },
  {
    key: 'failed',
    header: 'Failed',
    width: '4.9rem',
    align: 'end',
    cell: (row) => formatNumber(row.counts.failed),
  },
];

/** Every import so far, the newest first. */
export const HistoryTable = ({ onUndone }: { readonly onUndone: () => void }) => {
  const [opened, setOpened] = useState<ImportRow | null>(null);
  const [undoing, setUndoing] = useState<ImportRow | null>(null);
  return (
    <section aria-labelledby="past-imports" className={classes.section}>
      <Title order={2} size="h4" id="past-imports">
        Past imports
      </Title>
      <VirtualTable<ImportRow>
        label="Past imports"
        noun={['import', 'imports']}
        columns={COLUMNS}
        queryKey={['imports', 'imports:list']}
        fetchSlice={(slice) => invoke('imports:list', slice)}
        rowId={(row) => row.id}
        onOpen={setOpened}
        height="20rem"
        empty={
          <EmptyState title="Nothing has been imported yet">
            Begin with ESR’s full Generic Outbound file, then the holdings, then the OneForms.
          </EmptyState>
        }
      />
      {opened !== null && (
        <PastImport
          row={opened}
          onUndo={() => {
            setUndoing(opened);
            setOpened(null);
          }}
          onClose={() => setOpened(null)}
        />
      )}
      {undoing !== null && <UndoImport row={undoing} onUndone={onUndone} onClose={() => setUndoing(null)} />}
    </section>
  );
};
