import { Button, Group, Text } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { AgedSource } from '../../components/aged-source.tsx';
import { Mark } from '../../components/index.ts';
import { formatInstant } from '../../lib/format.ts';
import { commandOf } from './next-step.ts';
import { AskExceptionButton, type PanelProps, PanelTitle, StepButton } from './panel-parts.tsx';
import classes from './request.module.css';

/** An approval that no longer holds: what, by which file, and the three answers. The keying steps are withheld. */
export const ObjectionPanel = ({ detail, onOpen }: PanelProps) => {
  const { objection, approval } = detail;
  if (objection === null) return null;
  return (
    <>
      <PanelTitle>Approved, and no longer grantable</PanelTitle>
      <Text size="sm">
        {approval !== null && `Approved by ${approval.by} on ${formatInstant(approval.at)}. `}
        {objection.raisedAt === null
          ? 'Judged again now, this no longer holds, so there is nothing to key:'
          : `Judged again on ${formatInstant(objection.raisedAt)}, this no longer holds, so there is nothing to key:`}
      </Text>
      <ObjectionPoints points={objection.points} />
      <Group>
        <StepButton {...commandOf(detail, 'withdrawApproval')} onClick={() => onOpen('withdrawApproval')}>
          Withdraw the approval…
        </StepButton>
        <AskExceptionButton detail={detail} onOpen={onOpen} />
        {objection.alreadyInEsr.allowed && (
          <Button variant="default" onClick={() => onOpen('key')}>
            It is in ESR already…
          </Button>
        )}
      </Group>
      {objection.alreadyInEsr.why !== null && (
        <Text size="sm" c="dimmed">
          If it is in ESR already: {objection.alreadyInEsr.why}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        Or wait: each import judges it again, and the keying steps come back once everything holds.
      </Text>
    </>
  );
};

type Point = NonNullable<RequestDetail['objection']>['points'][number];

export const ObjectionPoints = ({ points }: { readonly points: readonly Point[] }) => (
  <ul className={classes.prerequisites} aria-label="What no longer holds">
    {points.map((point) => (
      <li key={point.title} className={classes.prerequisite}>
        <div className={classes.prerequisiteState}>
          <Mark word="No longer" shape="cross" tone="bad" />
        </div>
        <div className={classes.prerequisiteWords}>
          <Text fw={600}>{point.title}</Text>
          <Text size="sm">{point.fact}</Text>
          {point.nextAction !== null && (
            <Text size="sm">
              <Text span fw={600} inherit>
                Next:
              </Text>{' '}
              {point.nextAction}
            </Text>
          )}
          <Text size="sm" c="dimmed" component="div" className={classes.evidence}>
            {point.source !== null && <AgedSource source={point.source} goesOld={false} />}
            <span>{/^\d/.test(point.clause) ? `Procedure ${point.clause}` : point.clause}</span>
          </Text>
        </div>
      </li>
    ))}
  </ul>
);
