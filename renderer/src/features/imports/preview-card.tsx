import { Button, Group, List, Radio, Stack, Table, Text, Title } from '@mantine/core';
import type { ImportCounts, ImportPreview } from '../../../../electron/contract/imports.contract.ts';
import { formatCount, formatInstant, formatNumber, numericStyle } from '../../lib/format.ts';
import { ScrollBox } from '../register/scroll-box.tsx';
import { mayImport } from './import-flow.ts';
import classes from './imports.module.css';
import { countsSentence } from './kind-words.ts';
import type { ImportActions } from './use-import-flow.ts';

interface PreviewCardProps {
  readonly fileName: string;
  readonly preview: ImportPreview;
  readonly startingPosition: boolean | null;
  readonly actions: ImportActions;
}

/** What an import would do, before anything is written. */
export const PreviewCard = ({ fileName, preview, startingPosition, actions }: PreviewCardProps) => {
  const open = mayImport(preview, startingPosition);
  return (
    <section className={classes.card} aria-labelledby="dry-run">
      <Title order={2} size="h4" id="dry-run">
        {preview.title}: what the import would do
      </Title>
      <Text size="sm" c="dimmed">
        {fileName}
        {preview.takenAt !== null && `, taken ${formatInstant(preview.takenAt)}`}. Nothing has been written
        yet.
      </Text>
      <Text size="lg" fw={650} role="status">
        {countsSentence(preview.counts)}
      </Text>
      {preview.remarks.length > 0 && (
        <List size="sm" aria-label="Remarks">
          {preview.remarks.map((remark) => (
            <List.Item key={remark}>{remark}</List.Item>
          ))}
        </List>
      )}
      {preview.byRecord.length > 1 && <ByRecord rows={preview.byRecord} />}
      <Failures preview={preview} />
      <Unknown preview={preview} />
      {preview.asksStartingPosition && (
        <StartingPosition
          value={startingPosition}
          onSay={(value) => actions.say({ type: 'sayStartingPosition', value })}
        />
      )}
      <Group>
        <Button disabled={!open} onClick={actions.apply}>
          Import
        </Button>
        <Button variant="default" onClick={() => actions.say({ type: 'back' })}>
          Back
        </Button>
        {!open && <Text size="sm">Say first how to take what ESR already shows.</Text>}
      </Group>
    </section>
  );
};

const COLUMNS = [
  'read',
  'new',
  'changed',
  'ended',
  'unchanged',
  'failed',
] as const satisfies readonly (keyof ImportCounts)[];

const ByRecord = ({ rows }: { readonly rows: ImportPreview['byRecord'] }) => (
  <ScrollBox label="Counts by record">
    <Table aria-label="Counts by record" verticalSpacing={2}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Record</Table.Th>
          {COLUMNS.map((column) => (
            <Table.Th key={column} style={numericStyle}>
              {column[0]?.toUpperCase()}
              {column.slice(1)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.record}>
            <Table.Th scope="row" fw={500}>
              {row.record}
            </Table.Th>
            {COLUMNS.map((column) => (
              <Table.Td key={column} style={numericStyle}>
                {formatNumber(row.counts[column])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </ScrollBox>
);

const LeftOff = ({ count, noun }: { readonly count: number; readonly noun: string }) =>
  count === 0 ? null : (
    <Text size="sm" c="dimmed">
      And {formatCount(count, `more ${noun}`)}, not shown.
    </Text>
  );

const Failures = ({ preview }: { readonly preview: ImportPreview }) =>
  preview.failures.length === 0 ? null : (
    <div>
      <Title order={3} size="h5">
        Rows that would not be imported
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label="Rows that would not be imported">
        <Table aria-label="Failures" verticalSpacing={2} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th style={numericStyle}>Line</Table.Th>
              <Table.Th>Record</Table.Th>
              <Table.Th>Reason</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.failures.map((failure) => (
              <Table.Tr key={`${failure.line} ${failure.record} ${failure.reason}`}>
                <Table.Td style={numericStyle}>{formatNumber(failure.line)}</Table.Td>
                <Table.Td>{failure.record}</Table.Td>
                <Table.Td>{failure.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <LeftOff count={preview.failuresLeftOff} noun="row" />
    </div>
  );

const UNKNOWN_WORDS = { person: 'Person', access: 'Access', post: 'Post' } as const;

const Unknown = ({ preview }: { readonly preview: ImportPreview }) =>
  preview.unknown.length === 0 ? null : (
    <div>
      <Title order={3} size="h5">
        Not known here
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label="Not known here">
        <Table aria-label="Unknown" verticalSpacing={2} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th style={numericStyle}>Line</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>Value</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.unknown.map((unknown) => (
              <Table.Tr key={`${unknown.line} ${unknown.what} ${unknown.value}`}>
                <Table.Td style={numericStyle}>{formatNumber(unknown.line)}</Table.Td>
                <Table.Td>{UNKNOWN_WORDS[unknown.what]}</Table.Td>
                <Table.Td>{unknown.value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <LeftOff count={preview.unknownLeftOff} noun="value" />
    </div>
  );

interface StartingPositionProps {
  readonly value: boolean | null;
  readonly onSay: (value: boolean) => void;
}

/** Silence never decides: neither choice is made beforehand. */
const StartingPosition = ({ value, onSay }: StartingPositionProps) => (
  <Radio.Group
    label="This is the first holdings file. How should access that ESR already shows be taken?"
    description="Nobody approved it here, because the program was not here yet. You say which, and the ledger keeps it."
    required
    value={value === null ? '' : value ? 'start' : 'raise'}
    onChange={(said) => onSay(said === 'start')}
  >
    <Stack gap="xs" mt="xs">
      <Radio
        value="start"
        label="Take it as the starting position"
        description="What ESR shows today is accepted as it is; only what comes later is compared."
      />
      <Radio
        value="raise"
        label="Raise each as “seen but never approved”"
        description="Every holding becomes an exception to be worked through."
      />
    </Stack>
  </Radio.Group>
);
