import { Anchor, Table, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Output } from '../../../../electron/contract/contract.ts';
import { AccessTable } from '../../components/access-table.tsx';
import { AgedSource } from '../../components/aged-source.tsx';
import { Facts } from '../../components/facts.tsx';
import { EmptyState, ErrorState, LoadingRows, Mark, PageHeader } from '../../components/index.ts';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { Refusal, useOperation } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { positionWords } from '../../lib/position-words.ts';
import classes from './register.module.css';

type Person = Output<'register:getPerson'>;

const Back = () => (
  <Anchor component={Link} href="/people" size="sm" className={classes.back}>
    <IconArrowLeft size={15} aria-hidden="true" /> Back to people
  </Anchor>
);

/** One person as the extracts have them: posts, access, AS numbers and training, each with its age. */
export const PersonScreen = ({ employeeNumber }: { readonly employeeNumber: string }) => {
  const { data, error, refetch } = useOperation('register:getPerson', { employeeNumber });
  if (data !== undefined) return <Loaded person={data} />;
  return (
    <>
      <PageHeader title="Person" back={<Back />} />
      <Waiting fault={error} onRetry={() => void refetch()} />
    </>
  );
};

const Waiting = ({ fault, onRetry }: { readonly fault: Error | null; readonly onRetry: () => void }) => {
  if (fault === null) return <LoadingRows rows={8} label="Reading the person" />;
  if (fault instanceof Refusal && (fault.code === 'NOT_FOUND' || fault.code === 'INVALID_INPUT')) {
    return (
      <EmptyState title="Nobody has this number">
        The register may be older than the person. Import a newer Generic Outbound file, or search again.
      </EmptyState>
    );
  }
  return <ErrorState fault={fault} title="The person could not be read" onRetry={onRetry} />;
};

const Loaded = ({ person }: { readonly person: Person }) => (
  <>
    <PageHeader
      title={person.name}
      windowTitle="Person"
      back={<Back />}
      description={
        <div className={classes.sources}>
          {person.sources.map((source) => (
            <AgedSource key={source.name} source={source} />
          ))}
        </div>
      }
    />
    <div className={classes.columns}>
      <Card title="Who">
        <Facts
          facts={[
            ['Employee number', person.employeeNumber],
            ['Employed', employedWords(person)],
            ['Hired', person.hireDate === null ? null : formatDate(person.hireDate)],
            ['Left', person.terminationDate === null ? 'No date' : formatDate(person.terminationDate)],
            ['Office e-mail', person.email],
            ['Smartcard UUID', person.smartcardUuid],
          ]}
        />
      </Card>
      <Card title="Present access">
        <AccessTable label="Present access" rows={person.access} />
      </Card>
      <Card title="Assignments" whole>
        <Assignments person={person} />
      </Card>
      <Card title="AS numbers">
        <AsNumbers person={person} />
      </Card>
      <Card title="Training">
        <Training person={person} />
      </Card>
    </div>
  </>
);

const employedWords = (person: Person): ReactNode =>
  person.current ? (
    <Mark word="now" shape="tick" tone="good" />
  ) : (
    <Mark word="has left" shape="barred" tone="warn" />
  );

interface CardProps {
  readonly title: string;
  readonly whole?: boolean;
  readonly children: ReactNode;
}

const Card = ({ title, whole = false, children }: CardProps) => (
  <section className={whole ? `${classes.card} ${classes.whole}` : classes.card} aria-label={title}>
    <Title order={2} size="h4">
      {title}
    </Title>
    {children}
  </section>
);

const None = ({ children }: { readonly children: string }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
);

const period = (from: string | null, to: string | null): string =>
  `${from === null ? 'no start' : formatDate(from)} to ${to === null ? 'no end' : formatDate(to)}`;

const Assignments = ({ person }: { readonly person: Person }) =>
  person.assignments.length === 0 ? (
    <None>The register shows no assignment.</None>
  ) : (
    <ScrollBox label="Assignments">
      <Table aria-label="Assignments">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Assignment</Table.Th>
            <Table.Th>Position</Table.Th>
            <Table.Th>Organisation</Table.Th>
            <Table.Th>Supervisor</Table.Th>
            <Table.Th>Line manager</Table.Th>
            <Table.Th ta="right">Direct reports</Table.Th>
            <Table.Th>From and to</Table.Th>
            <Table.Th>Status</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {person.assignments.map((a) => (
            <Table.Tr key={a.assignmentNumber}>
              <Table.Td className={classes.date}>
                {a.assignmentNumber}
                {a.primary && ' (main)'}
              </Table.Td>
              <Table.Td>
                {positionWords(a.position) ?? 'none'}
                {a.positionNumber !== null &&
                  !a.position?.includes(a.positionNumber) &&
                  ` (${a.positionNumber})`}
              </Table.Td>
              <Table.Td>{a.organisation ?? 'none'}</Table.Td>
              <Table.Td>{a.supervisor ?? 'none'}</Table.Td>
              <Table.Td>{a.lineManager ?? 'none'}</Table.Td>
              <Table.Td ta="right">{a.directReports}</Table.Td>
              <Table.Td className={classes.date}>{period(a.from, a.to)}</Table.Td>
              <Table.Td>{a.status ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );

const AsNumbers = ({ person }: { readonly person: Person }) =>
  person.asNumbers.length === 0 ? (
    <None>Finance’s file gives none. Manager Self Service needs one (procedure 5.1.4).</None>
  ) : (
    <Table aria-label="AS numbers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>AS number</Table.Th>
          <Table.Th>For position</Table.Th>
          <Table.Th>Issued</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {person.asNumbers.map((as) => (
          <Table.Tr key={`${as.asNumber} ${as.positionNumber}`}>
            <Table.Td>{as.asNumber}</Table.Td>
            <Table.Td>{as.positionNumber ?? 'not said'}</Table.Td>
            <Table.Td>{as.issuedOn === null ? 'not said' : formatDate(as.issuedOn)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );

const Training = ({ person }: { readonly person: Person }) =>
  person.training.length === 0 ? (
    <None>No training record has been imported for this person.</None>
  ) : (
    <Table aria-label="Training">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Training</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th>Runs out</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {person.training.map((t) => (
          <Table.Tr key={t.competence}>
            <Table.Td>{t.competence}</Table.Td>
            <Table.Td>{t.status}</Table.Td>
            <Table.Td className={classes.date}>
              {t.expiresOn === null ? 'no date' : formatDate(t.expiresOn)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
