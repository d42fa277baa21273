import { Table, Text, Title } from '@mantine/core';
import type { Output } from '../../../../electron/contract/contract.ts';
import { EmptyState, ErrorState, LoadingRows, Mark, PageHeader } from '../../components/index.ts';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { useOperation } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { byFamily, conflictsOf, familyWord } from './catalogue-groups.ts';
import classes from './register.module.css';

type Catalogue = Output<'register:catalogue'>;
type Entry = Catalogue['entries'][number];

/** Every kind of access ESR gives, with what it needs, who holds it and what it may not be held with. */
export const CatalogueScreen = () => {
  const { data, error, refetch } = useOperation('register:catalogue', {});
  return (
    <>
      <PageHeader
        title="Access catalogue"
        description="ESR’s user responsibility profiles (URPs): what each is for, what it needs and who holds it"
      />
      {data === undefined ? (
        error === null ? (
          <LoadingRows rows={12} label="Reading the catalogue" />
        ) : (
          <ErrorState fault={error} title="The catalogue could not be read" onRetry={() => void refetch()} />
        )
      ) : data.entries.length === 0 ? (
        <EmptyState title="The catalogue is empty">
          The system owner can restore the default catalogue.
        </EmptyState>
      ) : (
        <div className={classes.entries}>
          {byFamily(data.entries).map(([family, entries]) => (
            <Family key={family} family={family} entries={entries} conflicts={data.conflicts} />
          ))}
        </div>
      )}
    </>
  );
};

interface FamilyProps {
  readonly family: string;
  readonly entries: readonly Entry[];
  readonly conflicts: Catalogue['conflicts'];
}

const Family = ({ family, entries, conflicts }: FamilyProps) => (
  <section aria-label={familyWord(family)}>
    <Title order={2} size="h4" mb={4}>
      {familyWord(family)}
    </Title>
    <ScrollBox label={familyWord(family)}>
      <Table aria-label={family} verticalSpacing="xs" miw="52rem" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="34%">Access</Table.Th>
            <Table.Th w="20%">Needs</Table.Th>
            <Table.Th w="28%">Not with</Table.Th>
            <Table.Th w="9%">Clause</Table.Th>
            <Table.Th w="9%" ta="right">
              Holders
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.name} entry={entry} conflicts={conflicts} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  </section>
);

const needsOf = (entry: Entry): readonly string[] => [
  ...(entry.everyone ? ['Open to everyone'] : []),
  ...(entry.needsSmartcard ? ['Smartcard'] : []),
  ...(entry.needsAsNumber ? ['AS number'] : []),
  ...(entry.needsHierarchy ? ['Place in the supervisor hierarchy'] : []),
  entry.remoteCapable ? 'Can be used remotely' : 'Never remote',
];

const EntryRow = ({
  entry,
  conflicts,
}: {
  readonly entry: Entry;
  readonly conflicts: Catalogue['conflicts'];
}) => (
  <Table.Tr style={{ verticalAlign: 'top' }}>
    <Table.Td>
      <Text size="sm" fw={600}>
        {entry.name}
      </Text>
      <Text size="sm" c="dimmed">
        {entry.purpose}
      </Text>
    </Table.Td>
    <Table.Td>
      {needsOf(entry).map((need) => (
        <Text key={need} size="sm">
          {need}
        </Text>
      ))}
    </Table.Td>
    <Table.Td>
      {conflictsOf(entry.name, conflicts).map((conflict) => (
        <div key={conflict.other}>
          <Text size="sm" component="div">
            {conflict.severity === 'block' ? (
              <Mark word="Never with" shape="cross" tone="bad" />
            ) : (
              <Mark word="With care" shape="triangle" tone="warn" />
            )}{' '}
            {conflict.other}
          </Text>
          <Text size="xs" c="dimmed">
            {conflict.why}
          </Text>
        </div>
      ))}
    </Table.Td>
    <Table.Td>{entry.clause}</Table.Td>
    <Table.Td ta="right">
      {formatNumber(entry.holders)}
      {entry.holders < entry.minimumHolders && (
        <Text size="xs" component="div">
          <Mark word={`at least ${entry.minimumHolders}`} shape="triangle" tone="warn" />
        </Text>
      )}
    </Table.Td>
  </Table.Tr>
);
