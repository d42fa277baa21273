import { Table, Text } from '@mantine/core';
import { formatDate } from '../lib/format.ts';
import classes from './access-table.module.css';
import { ScrollBox } from './scroll-box.tsx';

interface AccessRow {
  readonly urp: string;
  readonly username: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly accountEnd: string | null;
}

interface AccessTableProps {
  readonly label: string;
  readonly rows: readonly AccessRow[];
}

/** What ESR's holdings extract shows for a person. */
export const AccessTable = ({ label, rows }: AccessTableProps) =>
  rows.length === 0 ? (
    <Text size="sm" c="dimmed">
      The holdings extract shows no access.
    </Text>
  ) : (
    <ScrollBox label={label}>
      <Table aria-label={label} verticalSpacing={4} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Access</Table.Th>
            <Table.Th>Username</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>To</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.urp} ${row.username} ${row.startDate}`}>
              <Table.Td>{row.urp}</Table.Td>
              <Table.Td>{row.username ?? 'not given'}</Table.Td>
              <Table.Td className={classes.date}>
                {row.startDate === null ? '' : formatDate(row.startDate)}
              </Table.Td>
              <Table.Td className={classes.date}>
                {row.endDate === null ? 'no end' : formatDate(row.endDate)}
                {row.accountEnd !== null && (
                  <Text size="xs" c="dimmed">
                    account to {formatDate(row.accountEnd)}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
