import { Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import type { ImportKind } from '../../../../electron/contract/imports.contract.ts';
import { LoadingRows } from '../../components/index.ts';
import { formatBytes, formatInstant } from '../../lib/format.ts';
import { asksTakenAt, type Draft, isTable, stillToSay } from './import-flow.ts';
import classes from './imports.module.css';
import { IMPORT_KINDS, KIND_WORDS } from './kind-words.ts';
import { MappingTable } from './mapping-table.tsx';
import type { ImportActions } from './use-import-flow.ts';

interface DraftCardProps {
  readonly draft: Draft;
  readonly reading: boolean;
  readonly actions: ImportActions;
}

/** One file before it is checked: what it is, which column is which, and when it was taken. */
export const DraftCard = ({ draft, reading, actions }: DraftCardProps) => {
  const missing = stillToSay(draft);
  return (
    <section className={classes.card} aria-labelledby="file-in-hand">
      <Title order={2} size="h4" id="file-in-hand">
        {draft.file.name}
      </Title>
      <Text size="sm" c="dimmed">
        {formatBytes(draft.file.bytes)}.{' '}
        {draft.file.looksLike === null
          ? 'It looks like nothing we know: say what it is.'
          : `It looks like: ${KIND_WORDS[draft.file.looksLike].label}.`}
      </Text>
      <NativeSelect
        label="Kind of file"
        maw="26rem"
        value={draft.kind ?? ''}
        data={[
          ...(draft.kind === null ? [{ value: '', label: 'Choose…' }] : []),
          ...IMPORT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind].label })),
        ]}
        onChange={(event) => actions.chooseKind(event.currentTarget.value as ImportKind)}
      />
      {reading && <LoadingRows rows={6} label="Reading the columns" />}
      {draft.table !== null && <MappingTable draft={draft} table={draft.table} actions={actions} />}
      <TakenAt draft={draft} actions={actions} />
      <Group>
        <Button disabled={missing.length > 0} onClick={actions.check}>
          Check the file
        </Button>
        <Button variant="default" onClick={() => actions.say({ type: 'close' })}>
          Put it aside
        </Button>
        {!reading && missing.length > 0 && <Text size="sm">{missing.join(' ')}</Text>}
      </Group>
    </section>
  );
};

const TakenAt = ({ draft, actions }: Omit<DraftCardProps, 'reading'>) => {
  if (!isTable(draft.kind, draft.file.name) || draft.table === null) return null;
  if (draft.table.takenAt !== null) {
    return <Text size="sm">The file says that it was taken on {formatInstant(draft.table.takenAt)}.</Text>;
  }
  if (!asksTakenAt(draft)) return null;
  return (
    <TextInput
      type="datetime-local"
      label="When was the extract taken?"
      description="The file does not say. An extract proves nothing about what was keyed after it."
      maw="26rem"
      required
      value={draft.takenAt}
      onChange={(event) => actions.say({ type: 'sayTakenAt', value: event.currentTarget.value })}
    />
  );
};
