import { Group, Text } from '@mantine/core';
import { formatDayOrInstant } from '../../lib/format.ts';
import { useSignedStep } from '../signing/index.ts';
import { DecidedException } from './exception-facts.tsx';
import { commandOf } from './next-step.ts';
import { AskExceptionButton, type PanelProps, PanelTitle, ReturnButton, StepButton } from './panel-parts.tsx';
import { approvalOf } from './signed-decisions.ts';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

const nothing = () => undefined;

/** 5.1.3, 5.1.4: the line manager's authorisation comes on the form; an officer records that it is there. */
export const AuthorisePanel = ({ detail, onOpen }: PanelProps) => {
  const step = useStep('requests:recordAuthorisation', detail, nothing);
  const { form } = detail;
  return (
    <>
      <PanelTitle>Record the line manager’s authorisation</PanelTitle>
      <Text size="sm">
        The form says that {form.authorisedBy ?? form.lineManagerName}
        {form.authorisedByEmployeeNumber !== null && ` (${form.authorisedByEmployeeNumber})`} authorised it
        {form.authorisedAt !== null && ` on ${formatDayOrInstant(form.authorisedAt)}`}. The line manager named
        on the form is {form.lineManagerName}.
      </Text>
      <StepFault fault={step.fault} />
      <Group>
        <StepButton
          {...commandOf(detail, 'recordAuthorisation')}
          busy={step.busy}
          onClick={() => step.run({})}
        >
          Record the authorisation
        </StepButton>
        <ReturnButton detail={detail} onOpen={onOpen} />
      </Group>
    </>
  );
};

export const ReturnPanel = ({ detail, onOpen }: PanelProps) => (
  <>
    <PanelTitle>Return the form</PanelTitle>
    <Text size="sm">
      The form does not carry the line manager’s authorisation, so it cannot go on. Send it back with what is
      missing.
    </Text>
    <DecidedException exception={detail.exception} />
    <Group>
      <StepButton {...commandOf(detail, 'returnForm')} onClick={() => onOpen('returnForm')}>
        Return the form…
      </StepButton>
      <AskExceptionButton detail={detail} onOpen={onOpen} />
    </Group>
  </>
);

/** Approval stays closed until every prerequisite holds, and says which does not. */
export const ApprovePanel = ({ detail, onOpen }: PanelProps) => {
  const approval = useSignedStep({
    operation: 'requests:approve',
    onDecided: nothing,
    onSign: () => onOpen('sign'),
  });
  const command = commandOf(detail, 'approve');
  const allowed = command.allowed && detail.summary.mayApprove;
  const { authorisation } = detail;
  return (
    <>
      <PanelTitle>Approve</PanelTitle>
      {authorisation !== null && (
        <Text size="sm">
          Authorised by {authorisation.by} on {formatDayOrInstant(authorisation.at)}; recorded by{' '}
          {authorisation.recordedBy}.
        </Text>
      )}
      <DecidedException exception={detail.exception} />
      <StepFault fault={approval.fault} />
      <Group>
        <StepButton
          allowed={allowed}
          why={command.why ?? (detail.summary.mayApprove ? null : detail.summary.sentence)}
          busy={approval.busy}
          onClick={() => approval.decide(approvalOf(detail))}
        >
          Approve
        </StepButton>
        {!detail.summary.mayApprove && (
          <>
            <AskExceptionButton detail={detail} onOpen={onOpen} />
            <ReturnButton detail={detail} onOpen={onOpen} />
          </>
        )}
      </Group>
    </>
  );
};
