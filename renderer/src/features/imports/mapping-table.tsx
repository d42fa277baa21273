import { NativeSelect, Table, Text } from '@mantine/core';
import type { InspectedTable } from '../../../../electron/contract/imports.contract.ts';
import { Mark } from '../../components/index.ts';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { DateColumnLine } from './date-column-line.tsx';
import { type Draft, isNeeded } from './import-flow.ts';
import classes from './imports.module.css';
import { samplesOf } from './samples.ts';
import type { ImportActions } from './use-import-flow.ts';

interface MappingTableProps {
  readonly draft: Draft;
  readonly table: InspectedTable;
  readonly actions: ImportActions;
}

/** Which column of the file is which field here, with a few of its values to see whether that is right. */
export const MappingTable = ({ draft, table, actions }: MappingTableProps) => (
  <div>
    <Text size="sm" mb={4} component="div">
      {table.remembered ? (
        <Mark
          word="Columns as last time. Change them only if the file has changed."
          shape="tick"
          tone="good"
        />
      ) : (
        'Say which column is which. The choice is remembered for the next file of this kind.'
      )}
    </Text>
    <Text size="sm" c="dimmed" mb="xs">
      Headings on line {table.headerLine}, {table.encoding}, separated by {delimiterWords(table.delimiter)}.
    </Text>
    <ScrollBox label="Columns">
      <Table aria-label="Columns" verticalSpacing={4} miw="40rem">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Column of the file</Table.Th>
            <Table.Th>First values</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.fields.map((field) => (
            <Table.Tr key={field.field}>
              <Table.Th scope="row" fw={500}>
                {field.label}
                {isNeeded(draft, field) ? '' : ' (optional)'}
                <Text size="xs" c="dimmed" fw={400}>
                  {field.hint}
                </Text>
              </Table.Th>
              <Table.Td w="16rem">
                <NativeSelect
                  aria-label={`Column for ${field.label}`}
                  miw="12rem"
                  value={draft.mapping[field.field] ?? ''}
                  data={[
                    { value: '', label: isNeeded(draft, field) ? 'Choose…' : 'None' },
                    ...new Set(table.headers),
                  ]}
                  onChange={(event) => {
                    const header = event.currentTarget.value;
                    actions.say({ type: 'map', field: field.field, header: header === '' ? null : header });
                  }}
                />
              </Table.Td>
              <Table.Td className={classes.samples}>
                {samplesOf(table, draft.mapping[field.field])}
                {field.date === true && draft.mapping[field.field] !== undefined && (
                  <DateColumnLine draft={draft} field={field.field} label={field.label} actions={actions} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  </div>
);

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  '~': 'tildes',
};
const delimiterWords = (delimiter: string): string => DELIMITERS[delimiter] ?? `“${delimiter}”`;
