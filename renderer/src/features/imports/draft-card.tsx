import { Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import type { ImportKind } from '../../../../electron/contract/imports.contract.ts';
import { LoadingRows, Mark } from '../../components/index.ts';
import { formatBytes } from '../../lib/format.ts';
import { type Draft, hasMoment, isMomentTyped, stillToSay } from './import-flow.ts';
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

/** The file's own moment stands in the box; whoever changes it is told what the file says, and the check says what that changes. */
const TakenAt = ({ draft, actions }: Omit<DraftCardProps, 'reading'>) => {
  if (!hasMoment(draft) || draft.table === null) return null;
  const fileSays = draft.table.takenAtWords ?? null;
  const typed = isMomentTyped(draft);
  return (
    <Group align="end" gap="sm">
      <TextInput
        type="datetime-local"
        label="When was the extract taken?"
        description={`${fileSays ?? 'The file does not say.'} An extract proves nothing about what was keyed after it.`}
        maw="34rem"
        required
        value={draft.takenAt}
        onChange={(event) => actions.say({ type: 'sayTakenAt', value: event.currentTarget.value })}
      />
      {typed && draft.fileTakenAt !== '' && (
        <>
          <Button
            variant="default"
            onClick={() => actions.say({ type: 'sayTakenAt', value: draft.fileTakenAt })}
          >
            Take the file’s own
          </Button>
          <div className={classes.sentence}>
            <Mark
              word="You say another time than the file. The check says what that changes, and the ledger keeps it."
              shape="triangle"
              tone="warn"
            />
          </div>
        </>
      )}
    </Group>
  );
};
