import { Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Output } from '../../../../electron/contract/contract.ts';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { useOperation } from '../../lib/api.ts';
import { formatAge, formatInstant } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import classes from './home.module.css';

type Source = Output<'imports:sources'>['sources'][number];

const SourceMark = ({ source }: { readonly source: Source }) => {
  if (source.takenAt === null && source.importedAt === null) {
    return <Mark word="Never imported" shape="question" tone="warn" />;
  }
  return source.old ? (
    <Mark word="Data is old" shape="triangle" tone="warn" />
  ) : (
    <Mark word="Up to date" shape="tick" tone="good" />
  );
};

/** Each source, when its last extract was taken, and whether that is too long ago. */
export const Sources = () => {
  const now = useNow();
  const { data, error, refetch } = useOperation('imports:sources', {});
  if (error !== null) return <ErrorState fault={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows rows={5} rowHeight={44} />;
  if (data.sources.length === 0) {
    return (
      <EmptyState title="Nothing imported yet">
        Begin with <Link href="/imports">Imports</Link>.
      </EmptyState>
    );
  }
  return (
    <Table verticalSpacing={5} horizontalSpacing="xs" fz="sm" aria-label="Sources">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Source</Table.Th>
          <Table.Th>Taken</Table.Th>
          <Table.Th>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.sources.map((source) => {
          const at = source.takenAt ?? source.importedAt;
          return (
            <Table.Tr key={source.kind}>
              <Table.Th scope="row" fw={400}>
                {source.label}
              </Table.Th>
              <Table.Td>
                {at === null ? (
                  '–'
                ) : (
                  <>
                    <time dateTime={at} className={classes.nowrap}>
                      {formatInstant(at)}
                    </time>
                    <Text size="xs" c="dimmed">
                      {formatAge(at, now)}
                    </Text>
                  </>
                )}
              </Table.Td>
              <Table.Td>
                <SourceMark source={source} />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
};
