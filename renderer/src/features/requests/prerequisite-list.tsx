import { Group, Text, Title } from '@mantine/core';
import type { PrerequisiteView, RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { AgedSource } from '../../components/aged-source.tsx';
import { Mark } from '../../components/index.ts';
import classes from './request.module.css';

const STATE_MARK = {
  holds: <Mark word="Holds" shape="tick" tone="good" />,
  missing: <Mark word="Missing" shape="cross" tone="bad" />,
  unknown: <Mark word="Not known" shape="question" tone="warn" />,
  warning: <Mark word="Take care" shape="triangle" tone="warn" />,
} satisfies Record<PrerequisiteView['state'], React.ReactNode>;

const CLOSED: readonly RequestDetail['status'][] = ['verified', 'withdrawn'];

const RANK = { missing: 0, unknown: 1, warning: 2, holds: 3 } satisfies Record<
  PrerequisiteView['state'],
  number
>;

/** What is to be worked on stands first; among equals the order stays. */
const workFirst = (prerequisites: readonly PrerequisiteView[]): readonly PrerequisiteView[] =>
  prerequisites.toSorted((a, b) => RANK[a.state] - RANK[b.state]);

/** Every prerequisite with its rule, fact, source and age, clause and next action. */
export const PrerequisiteList = ({ detail }: { readonly detail: RequestDetail }) => {
  const { prerequisites, summary } = detail;
  if (prerequisites.length === 0) return null;
  return (
    <section className={`${classes.card} ${classes.noPrint}`} aria-labelledby="prerequisites">
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4" id="prerequisites">
          {CLOSED.includes(detail.status) ? 'Prerequisites as they stand today' : 'Prerequisites'}
        </Title>
        <Text size="sm" c="dimmed">
          {summary.done} of {summary.total} done
        </Text>
      </Group>
      <ul className={classes.prerequisites}>
        {workFirst(prerequisites).map((prerequisite) => (
          <Prerequisite key={prerequisite.id} prerequisite={prerequisite} />
        ))}
      </ul>
    </section>
  );
};

/** Most sentences carry their fact; then it is not said twice. */
const saysSo = ({ sentence, fact }: PrerequisiteView): boolean =>
  sentence.toLowerCase().includes(fact.toLowerCase().replace(/\.$/, ''));

const Prerequisite = ({ prerequisite }: { readonly prerequisite: PrerequisiteView }) => (
  <li className={classes.prerequisite}>
    <div className={classes.prerequisiteState}>{STATE_MARK[prerequisite.state]}</div>
    <div className={classes.prerequisiteWords}>
      <Text fw={600}>{prerequisite.title}</Text>
      <Text size="sm">{prerequisite.sentence}</Text>
      {prerequisite.nextAction !== null && !prerequisite.sentence.includes('Next:') && (
        <Text size="sm">
          <Text span fw={600} inherit>
            Next:
          </Text>{' '}
          {prerequisite.nextAction}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div" className={classes.evidence}>
        {!saysSo(prerequisite) && <span>{prerequisite.fact}</span>}
        {prerequisite.source !== null && (
          <AgedSource
            source={prerequisite.source}
            goesOld={!prerequisite.source.name.startsWith('OneForm')}
          />
        )}
        <span>
          {/^\d/.test(prerequisite.clause) ? `Procedure ${prerequisite.clause}` : prerequisite.clause}
        </span>
      </Text>
    </div>
  </li>
);
