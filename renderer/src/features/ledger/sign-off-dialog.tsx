import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { FormModal, KeptNote } from '../../components/index.ts';
import { formatCount } from '../../lib/format.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { SigningDialog, useSignedStep } from '../signing/index.ts';
import { signOffOf } from './sign-off-step.ts';

interface SignOffDialogProps {
  readonly verified: Output<'ledger:verify'>;
  readonly onClose: () => void;
  readonly onSignedOff: () => void;
}

const SHORTEST = 3;

/** What was reviewed, in words; where it is signed, the exact text comes next. */
export const SignOffDialog = ({ verified, onClose, onSignedOff }: SignOffDialogProps) => {
  const draft = useDraft('ledger/signOff', { reviewed: '' });
  const reviewed = draft.value.reviewed.trim();
  const [told, setTold] = useState(false);
  const [signing, setSigning] = useState(false);
  const finish = () => {
    draft.forget();
    onSignedOff();
  };
  const step = useSignedStep({
    operation: 'ledger:signOff',
    onDecided: finish,
    onSign: () => setSigning(true),
  });
  const cancel = () => {
    draft.forget();
    onClose();
  };
  if (signing) {
    return (
      <SigningDialog
        step={signOffOf(verified, reviewed)}
        onClose={() => setSigning(false)}
        onDecided={finish}
      />
    );
  }
  const submit = () => {
    setTold(true);
    if (reviewed.length >= SHORTEST) step.decide(signOffOf(verified, reviewed));
  };
  return (
    <FormModal
      title="Sign off the audit log"
      submitLabel="Sign off"
      busy={step.busy}
      fault={step.fault}
      faultTitle="Nothing was signed off"
      onSubmit={submit}
      onClose={cancel}
    >
      <Text size="sm">
        You sign for {formatCount(verified.size, 'entry', 'entries')} as they were just verified, with the
        root hash. Keep a copy of it elsewhere: a ledger put back to an older copy shows only against that.
      </Text>
      <Textarea
        label="What you reviewed"
        description="It is kept in the ledger, so leave out personal details."
        required
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={draft.value.reviewed}
        onChange={(event) => draft.change({ reviewed: event.currentTarget.value })}
        error={told && reviewed.length < SHORTEST ? 'Say it in a few words' : undefined}
      />
      <KeptNote draft={draft} />
    </FormModal>
  );
};
