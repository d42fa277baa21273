import { Button, Group, List, Radio, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import type { ImportCounts, ImportPreview } from '../../../../electron/contract/imports.contract.ts';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { formatCount, formatInstant, formatNumber, numericStyle } from '../../lib/format.ts';
import { Failures } from './failures.tsx';
import { type Said, stillToSayOf } from './import-flow.ts';
import classes from './imports.module.css';
import { countsSentence } from './kind-words.ts';
import { LeftOff } from './left-off.tsx';
import type { ImportActions } from './use-import-flow.ts';

interface PreviewCardProps {
  readonly fileName: string;
  readonly preview: ImportPreview;
  readonly said: Said;
  readonly actions: ImportActions;
}

/** What an import would do, before anything is written. */
export const PreviewCard = ({ fileName, preview, said, actions }: PreviewCardProps) => {
  const missing = stillToSayOf(preview, said);
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
          value={said.startingPosition}
          onSay={(value) => actions.say({ type: 'sayStartingPosition', value })}
        />
      )}
      {preview.asksReason.length > 0 && (
        <WhyTaken
          asked={preview.asksReason}
          value={said.reason}
          onSay={(value) => actions.say({ type: 'sayReason', value })}
        />
      )}
      <Group>
        <Button disabled={missing.length > 0} onClick={actions.apply}>
          Import
        </Button>
        <Button variant="default" onClick={() => actions.say({ type: 'back' })}>
          Back
        </Button>
        {missing.length > 0 && <Text size="sm">{missing.join(' ')}</Text>}
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

interface WhyTakenProps {
  readonly asked: ImportPreview['asksReason'];
  readonly value: string;
  readonly onSay: (value: string) => void;
}

/** One reason for all that is asked: it stands in the ledger beside the import. */
const WhyTaken = ({ asked, value, onSay }: WhyTakenProps) => (
  <Stack gap="xs">
    {asked.map(({ sentence, people = [], peopleLeftOff = 0 }) => (
      <div key={sentence}>
        <Text size="sm">{sentence}</Text>
        {people.length > 0 && (
          <List size="sm" mt={4} aria-label="Who would lose something">
            {people.map(({ name, number }) => (
              <List.Item key={number}>
                {name}, {number}
              </List.Item>
            ))}
          </List>
        )}
        {peopleLeftOff > 0 && (
          <Text size="sm" c="dimmed">
            And {formatCount(peopleLeftOff, 'more person', 'more people')}, not shown.
          </Text>
        )}
      </div>
    ))}
    <Textarea
      label="Why is it taken?"
      description="It is kept in the ledger, so leave out personal details."
      maw="40rem"
      required
      autosize
      minRows={2}
      maxLength={2000}
      value={value}
      onChange={(event) => onSay(event.currentTarget.value)}
    />
  </Stack>
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
