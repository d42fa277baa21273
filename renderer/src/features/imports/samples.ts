import type { InspectedTable } from '../../../../electron/contract/imports.contract.ts';

const SHOWN = 3;
const LONGEST = 40;

/** The first few different values of a column, as plain text; empty when no column is chosen. */
export const samplesOf = (
  table: Pick<InspectedTable, 'headers' | 'sample'>,
  header: string | undefined,
): string => {
  const at = header === undefined ? -1 : table.headers.indexOf(header);
  if (at < 0) return '';
  const values = table.sample.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '');
  if (values.length === 0) return 'no values';
  return [...new Set(values)]
    .slice(0, SHOWN)
    .map((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value))
    .join(', ');
};
