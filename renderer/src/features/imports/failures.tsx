import { Table, Title } from '@mantine/core';
import type { FailureKind, ImportPreview } from '../../../../electron/contract/imports.contract.ts';
import { formatNumber, numericStyle } from '../../lib/format.ts';
import classes from './imports.module.css';
import { LeftOff } from './left-off.tsx';

/** "4", "4 and 9", "4 to 9", "4, 9, 12 and 288 more": where to look in the file itself. */
export const linesInWords = ({
  count,
  lines,
  lastLines,
}: Pick<FailureKind, 'count' | 'lines' | 'lastLines'>): string => {
  const told = lines.map((line, i) => {
    const last = lastLines?.[i] ?? line;
    return last === line ? formatNumber(line) : `${formatNumber(line)} to ${formatNumber(last)}`;
  });
  const rest = count - lines.length;
  const last = rest > 0 ? `${formatNumber(rest)} more` : told.pop();
  return told.length === 0 ? (last ?? '') : `${told.join(', ')} and ${last}`;
};

/** Each kind of failure once, the most frequent first: what failed, why, how often, and where to look. */
export const Failures = ({ preview }: { readonly preview: ImportPreview }) =>
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
              <Table.Th style={numericStyle}>Rows</Table.Th>
              <Table.Th>Record</Table.Th>
              <Table.Th>Reason</Table.Th>
              <Table.Th>Lines</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.failures.map((kind) => (
              <Table.Tr key={`${kind.record} ${kind.reason}`}>
                <Table.Td style={numericStyle}>{formatNumber(kind.count)}</Table.Td>
                <Table.Td>{kind.record}</Table.Td>
                <Table.Td>{kind.reason}</Table.Td>
                <Table.Td>{linesInWords(kind)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <LeftOff count={preview.failuresLeftOff} noun="row" />
    </div>
  );
