import { Table } from '@mantine/core';
import { Part } from '../../components/part.tsx';
import { ErrorState, LoadingRows } from '../../components/states.tsx';
import { useOperation } from '../../lib/api.ts';

const ROWS = [
  ['version', 'ESR Access Desk'],
  ['electron', 'Electron'],
  ['chrome', 'Chromium'],
  ['sqlite', 'SQLite'],
  ['platform', 'Operating system'],
] as const;

export const AboutPart = () => {
  const { data, error, refetch } = useOperation('app:about', {});
  return (
    <Part title="About">
      {error !== null && <ErrorState fault={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={ROWS.length} rowHeight={32} />}
      {data !== undefined && (
        <Table verticalSpacing={4} aria-label="Versions">
          <Table.Tbody>
            {ROWS.map(([field, label]) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" fw={400} w="50%">
                  {label}
                </Table.Th>
                <Table.Td>{data[field]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Part>
  );
};
