import { Accordion, Table, Text, Title } from '@mantine/core';
import type { OneFormContent, RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { Facts } from '../../components/facts.tsx';
import { formatDayOrInstant, formatInstant } from '../../lib/format.ts';
import classes from './request.module.css';

/** The OneForm as it came. What people wrote is shown as text and never as anything that could run. */
export const FormCard = ({ detail }: { readonly detail: RequestDetail }) => {
  const { form, formVersion, versions } = detail;
  return (
    <section className={`${classes.card} ${classes.noPrint}`} aria-labelledby="oneform">
      <Title order={2} size="h4" id="oneform">
        OneForm, version {formVersion}
      </Title>
      <Facts facts={[['Asks for', form.accessAsked]]} />
      <div>
        <Text size="sm" c="dimmed">
          Why
        </Text>
        <Text size="sm" className={classes.written}>
          {form.justification === '' ? 'The form gives no reason.' : form.justification}
        </Text>
      </div>
      <Facts
        facts={[
          ['Submitted', formatInstant(form.submittedAt)],
          ['Requester', withNumber(form.requesterName, form.requesterEmployeeNumber)],
          ['For', withNumber(form.beneficiaryName, form.beneficiaryNumber)],
          ['Line manager', withNumber(form.lineManagerName, form.lineManagerEmployeeNumber)],
          ['Authorisation', authorisationWords(form)],
          ['Attachments', form.attachments.length === 0 ? 'None' : form.attachments.join(', ')],
        ]}
      />
      {versions.length > 1 && <Versions versions={versions} />}
    </section>
  );
};

const withNumber = (name: string, number: string | null): string =>
  [name, number === null || number === '' ? '' : `(${number})`].filter((part) => part !== '').join(' ');

const authorisationWords = (form: OneFormContent): string => {
  if (!form.authorised) return 'Not given on the form';
  const by = withNumber(form.authorisedBy ?? 'The form does not say who', form.authorisedByEmployeeNumber);
  return form.authorisedAt === null ? by : `${by}, ${formatDayOrInstant(form.authorisedAt)}`;
};

const Versions = ({ versions }: { readonly versions: RequestDetail['versions'] }) => (
  <Accordion variant="contained" chevronPosition="left">
    {[...versions].reverse().map((version) => (
      <Accordion.Item key={version.version} value={String(version.version)}>
        <Accordion.Control>
          Version {version.version}, received {formatInstant(version.receivedAt)}
        </Accordion.Control>
        <Accordion.Panel>
          {version.changes.length === 0 ? (
            <Text size="sm" c="dimmed">
              {version.version === 1
                ? 'The first form.'
                : 'Nothing that we keep differs from the version before.'}
            </Text>
          ) : (
            <Differences changes={version.changes} />
          )}
        </Accordion.Panel>
      </Accordion.Item>
    ))}
  </Accordion>
);

const Differences = ({ changes }: { readonly changes: RequestDetail['versions'][number]['changes'] }) => (
  <Table aria-label="What changed" layout="fixed" className={classes.differences}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th>Field</Table.Th>
        <Table.Th>Before</Table.Th>
        <Table.Th>Now</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {changes.map((change) => (
        <Table.Tr key={change.field}>
          <Table.Th scope="row">{change.field}</Table.Th>
          <Table.Td>
            <del>{change.before === '' ? 'empty' : change.before}</del>
          </Table.Td>
          <Table.Td>
            <ins>{change.after === '' ? 'empty' : change.after}</ins>
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);
