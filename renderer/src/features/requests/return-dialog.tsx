import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { FormModal, KeptNote } from '../../components/index.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { CopyMail } from './copy-mail.tsx';
import { linesOf, mailText, missingLines } from './return-form.ts';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

interface ReturnDialogProps {
  readonly detail: RequestDetail;
  readonly onClose: () => void;
}

/** Sends a form back. The list begins with the prerequisites that do not hold, and is the person's to edit. */
export const ReturnDialog = ({ detail, onClose }: ReturnDialogProps) => {
  const [first] = useState(() => ({ missing: missingLines(detail.prerequisites).join('\n'), note: '' }));
  const draft = useDraft(`requests/${detail.id}/returnForm`, first);
  const { missing, note } = draft.value;
  const [told, setTold] = useState(false);
  const close = () => {
    draft.forget();
    onClose();
  };
  const step = useStep('requests:returnForm', detail, close);
  const lines = linesOf(missing);
  const submit = () => {
    setTold(true);
    if (lines.length > 0) step.run({ missing: [...lines], note: note.trim() });
  };
  return (
    <FormModal
      title="Return the form"
      submitLabel="Return the form"
      busy={step.busy}
      onSubmit={submit}
      onClose={close}
    >
      <Textarea
        label="What is missing"
        description="One line each. They stand in the mail and on the request."
        required
        autosize
        minRows={3}
        maxRows={10}
        data-autofocus
        value={missing}
        onChange={(event) => draft.change({ missing: event.currentTarget.value, note })}
        error={told && lines.length === 0 ? 'Say at least one thing that is missing' : undefined}
      />
      <Textarea
        label="Note to the requester (optional)"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={(event) => draft.change({ missing, note: event.currentTarget.value })}
      />
      <Text size="sm" c="dimmed">
        The program sends no mail. Copy it into yours, then mark the form as returned.
      </Text>
      <KeptNote draft={draft} />
      <CopyMail text={mailText(detail.form, lines, note)} />
      <StepFault fault={step.fault} />
    </FormModal>
  );
};
