import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { useSignedIn } from '../../app/session.tsx';
import { type Column, EmptyState, Mark, VirtualTable } from '../../components/index.ts';
import { invoke } from '../../lib/api.ts';
import { formatInstant, formatNumber } from '../../lib/format.ts';
import classes from './imports.module.css';
import { UndoImport } from './undo-import.tsx';

type ImportRow = Output<'imports:list'>['rows'][number];

const KIND = {
  'go-full': 'GO, full',
  'go-changes': 'GO, changes',
  holdings: 'Holdings',
  oneforms: 'OneForms',
  'as-numbers': 'AS numbers',
  training: 'Training',
} satisfies Record<ImportRow['kind'], string>;

const COLUMNS: readonly Column<ImportRow>[] = [
  {
    key: 'at',
    header: 'Imported',
    width: 'minmax(10.2rem, 0.8fr)',
    cell: (row) => formatInstant(row.importedAt),
  },
  { key: 'kind', header: 'Kind', width: 'minmax(7.2rem, 0.5fr)', cell: (row) => KIND[row.kind] },
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

/** Undone, or the owner's way to undo it: only the first file of a kind may be. */
const undoColumn = (onUndo: ((row: ImportRow) => void) | null): Column<ImportRow> => ({
  key: 'undo',
  header: 'Undo',
  width: '7.4rem',
  cell: (row) => {
    if (row.undone !== null) {
      return (
        <span title={`Undone on ${formatInstant(row.undone.at)} by ${row.undone.by}`}>
          <Mark word="undone" shape="back" tone="plain" />
        </span>
      );
    }
    if (!row.first || onUndo === null) return '';
    return (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Undo the import of ${row.fileName}`}
        onClick={() => onUndo(row)}
      >
        Undo…
      </Button>
    );
  },
});

/** Every import so far, the newest first. */
export const HistoryTable = () => {
  const { may } = useSignedIn();
  const [undoing, setUndoing] = useState<ImportRow | null>(null);
  const columns = [...COLUMNS, undoColumn(may('imports:undo') ? setUndoing : null)];
  return (
    <section aria-labelledby="past-imports" className={classes.section}>
      <Title order={2} size="h4" id="past-imports">
        Past imports
      </Title>
      <VirtualTable<ImportRow>
        label="Past imports"
        noun={['import', 'imports']}
        columns={columns}
        queryKey={['imports', 'imports:list']}
        fetchSlice={(slice) => invoke('imports:list', slice)}
        rowId={(row) => row.id}
        height="20rem"
        empty={
          <EmptyState title="Nothing has been imported yet">
            Begin with ESR’s full Generic Outbound file, then the holdings, then the OneForms.
          </EmptyState>
        }
      />
      {undoing !== null && <UndoImport row={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
};
