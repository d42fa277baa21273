import { Text, TextInput } from '@mantine/core';
import { type Dispatch, type SetStateAction, useState } from 'react';
import { type NewPassword, NewPasswordFields } from '../../components/new-password-fields.tsx';
import { passwordIsReady } from '../../components/password-strength.ts';
import { checkOwner, isSound, type OwnerDraft } from '../../lib/owner-draft.ts';
import { StepForm } from './step-form.tsx';

interface OwnerStepProps {
  readonly draft: OwnerDraft;
  readonly onChange: (draft: OwnerDraft) => void;
  readonly password: NewPassword;
  readonly onPassword: Dispatch<SetStateAction<NewPassword>>;
  readonly trustName: string;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export const OwnerStep = (props: OwnerStepProps) => {
  const { draft, onChange, password } = props;
  const [told, setTold] = useState(false);
  const faults = told ? checkOwner(draft) : {};
  return (
    <StepForm
      nextLabel="Next"
      onBack={props.onBack}
      onNext={() => {
        setTold(true);
        if (isSound(checkOwner(draft)) && passwordIsReady(password)) props.onNext();
      }}
    >
      <Text size="sm">The system owner adds the other people, and keeps the settings and the backups.</Text>
      <TextInput
        data-first
        label="Name"
        required
        maxLength={200}
        autoComplete="off"
        value={draft.displayName}
        onChange={(event) => onChange({ ...draft, displayName: event.currentTarget.value })}
        error={faults.displayName}
      />
      <TextInput
        label="Username"
        required
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.username}
        onChange={(event) => onChange({ ...draft, username: event.currentTarget.value })}
        error={faults.username}
      />
      <TextInput
        label="ESR employee number (optional)"
        description="8 digits. It keeps people from approving or keying access for themselves."
        inputMode="numeric"
        maxLength={8}
        autoComplete="off"
        value={draft.employeeNumber}
        onChange={(event) => onChange({ ...draft, employeeNumber: event.currentTarget.value })}
        error={faults.employeeNumber}
      />
      <NewPasswordFields
        value={password}
        onChange={props.onPassword}
        about={[draft.username, draft.displayName, props.trustName, draft.employeeNumber]}
        told={told}
      />
    </StepForm>
  );
};
