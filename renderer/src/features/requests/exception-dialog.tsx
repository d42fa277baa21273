import { Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { FormModal, KeptNote } from '../../components/index.ts';
import { londonDay } from '../../lib/london-time.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { SigningDialog, useSignedStep } from '../signing/index.ts';
import { AskedException } from './exception-facts.tsx';
import { EMPTY_BOXES, type ExceptionBoxes, judgeException } from './exception-form.ts';
import { exceptionOf } from './signed-decisions.ts';
import { StepFault } from './step-fault.tsx';

interface ExceptionDialogProps {
  readonly detail: RequestDetail;
  readonly onClose: () => void;
}

/** Granted to a day, or refused; with a reason either way. Where it is signed, the exact text is shown next. */
export const ExceptionDialog = ({ detail, onClose }: ExceptionDialogProps) => {
  const draft = useDraft(`requests/${detail.id}/decideException`, EMPTY_BOXES);
  const [told, setTold] = useState(false);
  const [signing, setSigning] = useState(false);
  const close = () => {
    draft.forget();
    onClose();
  };
  const step = useSignedStep({
    operation: 'requests:decideException',
    onDecided: close,
    onSign: () => setSigning(true),
  });
  const boxes = draft.value;
  const judged = judgeException(boxes, londonDay(new Date()));
  const change = (next: Partial<ExceptionBoxes>) => draft.change({ ...boxes, ...next } as ExceptionBoxes);
  const wrong = (field: 'decision' | 'until' | 'reason') =>
    told && !judged.ok && judged.field === field ? judged.sentence : undefined;
  const submit = () => {
    setTold(true);
    if (judged.ok) step.decide(exceptionOf(detail, judged.terms));
  };
  if (signing && judged.ok) {
    return (
      <SigningDialog
        step={exceptionOf(detail, judged.terms)}
        onClose={() => setSigning(false)}
        onDecided={close}
      />
    );
  }
  return (
    <FormModal
      title="Decide on the exception"
      submitLabel={boxes.decision === 'refuse' ? 'Refuse the exception' : 'Grant the exception'}
      busy={step.busy}
      onSubmit={submit}
      onClose={close}
    >
      {detail.exception !== null && <AskedException exception={detail.exception} />}
      <Radio.Group
        label="Your decision"
        required
        value={boxes.decision}
        onChange={(decision) => change({ decision })}
        error={wrong('decision')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="grant" label="Grant it, until a day" data-autofocus />
          <Radio value="refuse" label="Refuse it" />
        </Stack>
      </Radio.Group>
      {boxes.decision === 'grant' && (
        <TextInput
          type="date"
          label="The access ends by"
          description="It is keyed into ESR with an end date no later than this."
          required
          value={boxes.until}
          onChange={(event) => change({ until: event.currentTarget.value })}
          error={wrong('until')}
        />
      )}
      <Textarea
        label="Reason"
        description="It is kept in the ledger, so leave out personal details."
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={boxes.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
        error={wrong('reason')}
      />
      <Text size="sm" c="dimmed">
        A granted exception can be taken back until the access is keyed.
      </Text>
      <KeptNote draft={draft} />
      <StepFault fault={step.fault} />
    </FormModal>
  );
};
