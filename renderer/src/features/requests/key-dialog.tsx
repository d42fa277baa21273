import { Alert, List, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { FormModal } from '../../components/index.ts';
import { formatDate } from '../../lib/format.ts';
import { instantToLondon, londonDay } from '../../lib/london-time.ts';
import { judgeKeying } from './keying-words.ts';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

/** The start of the row that gives it already: prolonging it leaves that date as it is. */
const startInEsr = ({ access, presentAccess }: RequestDetail, today: string): string | null =>
  presentAccess.find(({ urp, endDate }) => urp === access && (endDate ?? today) >= today)?.startDate ?? null;

interface KeyDialogProps {
  readonly detail: RequestDetail;
  readonly onClose: () => void;
}

/** When it was keyed decides which extract may prove it, so the time is asked and not taken in silence. */
export const KeyDialog = ({ detail, onClose }: KeyDialogProps) => {
  const [keyedAt, setKeyedAt] = useState(() => instantToLondon(new Date()));
  const [startDate, setStartDate] = useState(() => {
    const today = londonDay(new Date());
    return startInEsr(detail, today) ?? today;
  });
  // Access by exception ends with the exception (5.1.1).
  const until = detail.exception?.decision?.until ?? null;
  const [endDate, setEndDate] = useState(detail.exception?.decision?.endDateInEsr ?? '');
  const [told, setTold] = useState(false);
  const step = useStep('requests:key', detail, onClose);
  const { objection } = detail;
  const judged = judgeKeying({ keyedAt, startDate, endDate }, new Date());
  const submit = () => {
    setTold(true);
    if (judged.ok) step.run({ ...judged.words, alreadyInEsr: objection !== null });
  };
  const wrong = (field: 'keyedAt' | 'startDate' | 'endDate') =>
    told && !judged.ok && judged.field === field ? judged.sentence : undefined;
  return (
    <FormModal
      title={objection === null ? 'I have keyed this' : 'It is in ESR already'}
      submitLabel={objection === null ? 'Record as keyed' : 'Record it all the same'}
      busy={step.busy}
      onSubmit={submit}
      onClose={onClose}
    >
      {objection !== null && <StandsAgainst points={objection.points} />}
      <Text size="sm">Say what you entered in ESR. Only an extract taken after this time can verify it.</Text>
      <TextInput
        type="datetime-local"
        label="Keyed at"
        required
        data-autofocus
        value={keyedAt}
        onChange={(event) => setKeyedAt(event.currentTarget.value)}
        error={wrong('keyedAt')}
      />
      <TextInput
        type="date"
        label="Start date in ESR"
        required
        value={startDate}
        onChange={(event) => setStartDate(event.currentTarget.value)}
        error={wrong('startDate')}
      />
      <TextInput
        type="date"
        label={until === null ? 'End date in ESR (optional)' : 'End date in ESR'}
        {...(until === null ? {} : { description: `The exception ends on ${formatDate(until)}.` })}
        value={endDate}
        onChange={(event) => setEndDate(event.currentTarget.value)}
        error={wrong('endDate')}
      />
      <StepFault fault={step.fault} />
    </FormModal>
  );
};

/** A fact is never turned away, and never passed over: what it is recorded against is said first. */
const StandsAgainst = ({ points }: Pick<NonNullable<RequestDetail['objection']>, 'points'>) => (
  <Alert color="red" title="It is no longer grantable">
    <List size="sm">
      {points.map(({ title, fact }) => (
        <List.Item key={title}>{fact}</List.Item>
      ))}
    </List>
    <Text size="sm" mt="xs">
      Do not key it now. If it stands in ESR already, record it with the dates it has there. It is then raised
      under Exceptions: end it in ESR, or have it excepted.
    </Text>
  </Alert>
);
