import { Group, Text } from '@mantine/core';
import { formatDayOrInstant } from '../../lib/format.ts';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle, ReturnButton, StepButton } from './panel-parts.tsx';
import { StepFault } from './step-fault.tsx';
import { useApproval } from './use-approval.ts';
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
    <Group>
      <StepButton {...commandOf(detail, 'returnForm')} onClick={() => onOpen('returnForm')}>
        Return the form…
      </StepButton>
    </Group>
  </>
);

/** Approval stays closed until every prerequisite holds, and says which does not. */
export const ApprovePanel = ({ detail, onOpen }: PanelProps) => {
  const approval = useApproval(detail, () => onOpen('sign'));
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
      <StepFault fault={approval.fault} />
      <Group>
        <StepButton
          allowed={allowed}
          why={command.why ?? (detail.summary.mayApprove ? null : detail.summary.sentence)}
          busy={approval.busy}
          onClick={approval.approve}
        >
          Approve
        </StepButton>
        {!detail.summary.mayApprove && <ReturnButton detail={detail} onOpen={onOpen} />}
      </Group>
    </>
  );
};
