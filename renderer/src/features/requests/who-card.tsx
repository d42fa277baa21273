import { Anchor, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { AgedSource } from '../../components/aged-source.tsx';
import { Facts } from '../../components/facts.tsx';
import { positionWords } from '../../lib/position-words.ts';
import classes from './request.module.css';

/** The person as the register has them; before a match, what the form says and nothing more. */
export const WhoCard = ({ detail }: { readonly detail: RequestDetail }) => {
  const { person, form } = detail;
  return (
    <section className={`${classes.card} ${classes.noPrint}`} aria-labelledby="who">
      <Title order={2} size="h4" id="who">
        Who
      </Title>
      {person === null ? (
        <Facts
          facts={[
            ['Name on the form', form.beneficiaryName],
            ['Number on the form', form.beneficiaryNumber],
            ['Register', 'Nobody matched yet'],
          ]}
        />
      ) : (
        <>
          <Facts
            facts={[
              [
                'Name',
                <Anchor key="name" component={Link} inherit href={`/people/${person.employeeNumber}`}>
                  {person.name}
                </Anchor>,
              ],
              ['Employee number', person.employeeNumber],
              ['Assignment', person.assignmentNumber],
              ['Employed now', person.current ? 'Yes' : 'No: has left'],
              ['Position', positionWords(person.position)],
              ['Organisation', person.organisation],
              ['Line manager', person.lineManager],
              ['Supervisor', person.supervisor],
              ['Direct reports', String(person.directReports)],
              ['ESR username', person.username],
              ['Smartcard', person.smartcard ? 'On the record' : 'None on the record'],
            ]}
          />
          <AgedSource source={person.source} />
        </>
      )}
    </section>
  );
};
