import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { NewPasswordFields, NO_PASSWORD } from '../../components/new-password-fields.tsx';
import { passwordIsReady } from '../../components/password-strength.ts';
import { useSession } from '../../ground/session.tsx';
import { invoke } from '../../lib/api.ts';
import { usernameFault } from '../../lib/owner-draft.ts';
import { phraseFault, phraseWords } from './create-store.ts';
import { type CredentialFault, credentialFaultOf } from './credential-fault.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import { FaultNotice, useWait } from './fault-notice.tsx';
import { StepForm } from './step-form.tsx';

interface RecoverScreenProps {
  readonly trust: SessionState['trust'];
  readonly onBack: () => void;
}

/** The recovery phrase opens the store and sets a new password for one owner. */
export const RecoverScreen = ({ trust, onBack }: RecoverScreenProps) => {
  const { apply } = useSession();
  const [phrase, setPhrase] = useState('');
  const [username, setUsername] = useState('');
  const [next, setNext] = useState(NO_PASSWORD);
  const [told, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CredentialFault | null>(null);
  const wait = useWait(fault);
  const phraseWrong = told ? phraseFault(phrase) : null;
  const usernameWrong = told ? usernameFault(username) : null;
  const send = () => {
    setTold(true);
    if (
      wait > 0 ||
      phraseFault(phrase) !== null ||
      usernameFault(username) !== null ||
      !passwordIsReady(next)
    )
      return;
    setBusy(true);
    setFault(null);
    invoke('session:recover', {
      recoveryPhrase: phraseWords(phrase).join(' '),
      username: username.trim(),
      newPassword: next.password,
    })
      .then(apply, (reason: unknown) => setFault(credentialFaultOf(reason)))
      .finally(() => setBusy(false));
  };
  return (
    <EntranceFrame title="Use the recovery phrase" trust={trust}>
      <StepForm nextLabel="Open the store" busy={busy} blocked={wait > 0} onBack={onBack} onNext={send}>
        <Stack gap="md">
          <Text size="sm">
            The 24 words open the store on this PC and set a new password for one system owner. It is written
            in the ledger. Other people’s passwords stay as they are on this PC; on a new one the owner resets
            them.
          </Text>
          <PhraseField value={phrase} onChange={setPhrase} error={phraseWrong} autoFocus />
          <TextInput
            label="System owner’s username"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={usernameWrong}
          />
          <NewPasswordFields
            label="New password"
            value={next}
            onChange={setNext}
            about={[username]}
            told={told}
          />
          <FaultNotice fault={fault} wait={wait} />
        </Stack>
      </StepForm>
    </EntranceFrame>
  );
};

interface PhraseFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly autoFocus?: boolean;
}

export const PhraseField = ({ value, onChange, error, autoFocus = false }: PhraseFieldProps) => (
  <Textarea
    label="Recovery phrase"
    description="The 24 words in their order, with spaces between."
    required
    autoFocus={autoFocus}
    rows={4}
    autoComplete="off"
    autoCapitalize="none"
    spellCheck={false}
    maxLength={400}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    error={error}
  />
);
