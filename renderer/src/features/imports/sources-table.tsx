import { Table, Title } from '@mantine/core';
import { ErrorState, LoadingRows, Mark } from '../../components/index.ts';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { useOperation } from '../../lib/api.ts';
import { formatAge, formatInstant, formatNumber, numericStyle } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import classes from './imports.module.css';

/** What the program knows, from which extract, and how old it is. */
export const SourcesTable = () => {
  const { data, error, refetch } = useOperation('imports:sources', {});
  const now = useNow();
  return (
    <section aria-labelledby="sources" className={classes.section}>
      <Title order={2} size="h4" id="sources">
        What the program knows
      </Title>
      {data === undefined ? (
        error === null ? (
          <LoadingRows rows={6} rowHeight={36} label="Reading the sources" />
        ) : (
          <ErrorState fault={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ScrollBox label="Sources">
          <Table aria-label="Sources" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Source</Table.Th>
                <Table.Th>Extract taken</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Imported</Table.Th>
                <Table.Th style={numericStyle}>Rows</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.sources.map((source) => (
                <Table.Tr key={source.kind}>
                  <Table.Th scope="row" fw={500}>
                    {source.label}
                  </Table.Th>
                  <Table.Td>
                    {source.takenAt === null
                      ? source.importedAt === null
                        ? ''
                        : 'not said'
                      : `${formatInstant(source.takenAt)} (${formatAge(source.takenAt, now)})`}
                  </Table.Td>
                  <Table.Td>
                    {source.importedAt === null ? (
                      <Mark word="never imported" shape="question" tone="warn" />
                    ) : source.old ? (
                      <Mark word="data is old" shape="triangle" tone="warn" />
                    ) : (
                      <Mark word="current" shape="tick" tone="good" />
                    )}
                  </Table.Td>
                  <Table.Td>{source.importedAt === null ? '' : formatInstant(source.importedAt)}</Table.Td>
                  <Table.Td style={numericStyle}>{formatNumber(source.rows)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
    </section>
  );
};
