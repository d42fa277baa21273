import { Text } from '@mantine/core';
import { PersonPicker } from '../../components/person-picker.tsx';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle } from './panel-parts.tsx';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

/** Nobody has the number on the form: find the person in the register by hand. */
export const MatchPanel = ({ detail }: PanelProps) => {
  const step = useStep('requests:match', detail, () => undefined);
  const command = commandOf(detail, 'match');
  return (
    <>
      <PanelTitle>Match to a person</PanelTitle>
      <Text size="sm">
        {detail.form.beneficiaryNumber === ''
          ? 'The form gives no employee number.'
          : `Nobody in the register has the number on the form, ${detail.form.beneficiaryNumber}.`}{' '}
        Find the person, or import a newer register first.
      </Text>
      <PersonPicker
        initial={detail.form.beneficiaryName}
        verb="Match to"
        disabled={!command.allowed || step.busy}
        onPick={({ employeeNumber }) => step.run({ employeeNumber })}
      >
        {!command.allowed && command.why !== null && <Text size="sm">{command.why}</Text>}
        <StepFault fault={step.fault} />
      </PersonPicker>
    </>
  );
};
