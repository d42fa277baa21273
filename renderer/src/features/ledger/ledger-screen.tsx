import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LedgerRow } from '../../../../electron/contract/ledger.contract.ts';
import { type Column, EmptyState, Mark, PageHeader, VirtualTable } from '../../components/index.ts';
import { invoke, useOperation } from '../../lib/api.ts';
import { formatInstant, formatNumber } from '../../lib/format.ts';
import { SignaturesCard } from '../signing/index.ts';
import classes from './ledger.module.css';
import { LedgerEntry } from './ledger-entry.tsx';
import { EMPTY_LEDGER_FILTER, type LedgerBoxes, ledgerFilter } from './ledger-filter.ts';
import { LedgerProof } from './ledger-proof.tsx';
import { LEDGER_SUBJECT } from './sign-off-step.ts';

const COLUMNS: readonly Column<LedgerRow>[] = [
  { key: 'seq', header: 'No.', width: '4.8rem', align: 'end', cell: (row) => formatNumber(row.seq) },
  { key: 'at', header: 'When', width: 'minmax(10.5rem, 0.6fr)', cell: (row) => formatInstant(row.at) },
  { key: 'actor', header: 'Who', width: 'minmax(9rem, 0.9fr)', cell: (row) => row.actor },
  { key: 'operation', header: 'Command', width: 'minmax(10.5rem, 0.8fr)', cell: (row) => row.operation },
  {
    key: 'outcome',
    header: 'Outcome',
    width: 'minmax(6.8rem, 0.4fr)',
    cell: (row) =>
      row.outcome === 'done' ? (
        <Mark word="Done" shape="tick" tone="good" />
      ) : (
        <Mark word="Refused" shape="cross" tone="bad" />
      ),
  },
  { key: 'sentence', header: 'What', width: 'minmax(20rem, 3fr)', cell: (row) => row.sentence },
];

/** What was done, by whom and when: nothing here can be changed, and the proof says so. */
export const LedgerScreen = () => {
  const [boxes, setBoxes] = useState<LedgerBoxes>(EMPTY_LEDGER_FILTER);
  const [chosen, setChosen] = useState<LedgerRow | null>(null);
  const all = useOperation('ledger:list', { filter: ledgerFilter(EMPTY_LEDGER_FILTER), offset: 0, limit: 1 });
  const filter = ledgerFilter(boxes);
  const say = (change: Partial<LedgerBoxes>) => setBoxes((was) => ({ ...was, ...change }));
  const filtered = JSON.stringify(boxes) !== JSON.stringify(EMPTY_LEDGER_FILTER);
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Every command and every refusal, in the order in which they happened"
      />
      <LedgerProof size={all.data?.size ?? null} rootHash={all.data?.rootHash ?? null} />
      <Filters
        boxes={boxes}
        say={say}
        operations={all.data?.operations ?? []}
        actors={all.data?.actors ?? []}
        onClear={filtered ? () => setBoxes(EMPTY_LEDGER_FILTER) : null}
      />
      <VirtualTable<LedgerRow>
        label="Ledger"
        noun={['entry', 'entries']}
        columns={COLUMNS}
        queryKey={['ledger', 'ledger:list', filter]}
        fetchSlice={(slice) => invoke('ledger:list', { filter, ...slice })}
        rowId={(row) => String(row.seq)}
        onOpen={setChosen}
        height="max(14rem, calc(100dvh - 26rem))"
        empty={
          <EmptyState title={filtered ? 'No entry fits this filter' : 'The ledger is empty'}>
            {filtered ? 'Take part of the filter away to see more.' : 'Each command adds one entry.'}
          </EmptyState>
        }
      />
      <SignaturesCard id={LEDGER_SUBJECT} />
      {chosen !== null && <LedgerEntry entry={chosen} onClose={() => setChosen(null)} />}
    </>
  );
};

interface FiltersProps {
  readonly boxes: LedgerBoxes;
  readonly say: (change: Partial<LedgerBoxes>) => void;
  readonly operations: readonly string[];
  readonly actors: readonly string[];
  readonly onClear: (() => void) | null;
}

const Filters = ({ boxes, say, operations, actors, onClear }: FiltersProps) => (
  <Group gap="sm" align="flex-end" mb="sm">
    <TextInput
      label="Text"
      maxLength={100}
      className={classes.text}
      value={boxes.text}
      onChange={(event) => say({ text: event.currentTarget.value })}
    />
    <NativeSelect
      label="Command"
      w="11rem"
      value={boxes.operation}
      data={[{ value: '', label: 'All' }, ...operations]}
      onChange={(event) => say({ operation: event.currentTarget.value })}
    />
    <NativeSelect
      label="Who"
      w="9.5rem"
      value={boxes.actor}
      data={[{ value: '', label: 'Everybody' }, ...actors]}
      onChange={(event) => say({ actor: event.currentTarget.value })}
    />
    <NativeSelect
      label="Outcome"
      w="7rem"
      value={boxes.outcome}
      data={[
        { value: '', label: 'All' },
        { value: 'done', label: 'Done' },
        { value: 'refused', label: 'Refused' },
      ]}
      onChange={(event) => say({ outcome: event.currentTarget.value as LedgerBoxes['outcome'] })}
    />
    <TextInput
      type="date"
      label="From"
      w="9rem"
      value={boxes.from}
      onChange={(event) => say({ from: event.currentTarget.value })}
    />
    <TextInput
      type="date"
      label="To"
      w="9rem"
      value={boxes.to}
      onChange={(event) => say({ to: event.currentTarget.value })}
    />
    <Button variant="subtle" disabled={onClear === null} onClick={() => onClear?.()}>
      Clear filter
    </Button>
  </Group>
);
