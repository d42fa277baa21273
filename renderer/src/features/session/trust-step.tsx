import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isSound } from '../../lib/owner-draft.ts';
import { checkTrust, type Environment, type TrustDraft } from './create-store.ts';
import { StepForm } from './step-form.tsx';

interface TrustStepProps {
  readonly draft: TrustDraft;
  readonly onChange: (draft: TrustDraft) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export const TrustStep = ({ draft, onChange, onBack, onNext }: TrustStepProps) => {
  const [told, setTold] = useState(false);
  const faults = told ? checkTrust(draft) : {};
  return (
    <StepForm
      nextLabel="Next"
      backLabel="Cancel"
      onBack={onBack}
      onNext={() => {
        setTold(true);
        if (isSound(checkTrust(draft))) onNext();
      }}
    >
      <TextInput
        data-first
        label="Name of the trust"
        required
        maxLength={200}
        value={draft.trustName}
        onChange={(event) => onChange({ ...draft, trustName: event.currentTarget.value })}
        error={faults.trustName}
      />
      <TextInput
        label="VPD number"
        description="The trust’s 3-digit number in ESR. Files of another trust will be refused."
        required
        inputMode="numeric"
        maxLength={3}
        w="14rem"
        value={draft.vpd}
        onChange={(event) => onChange({ ...draft, vpd: event.currentTarget.value })}
        error={faults.vpd}
      />
      <Radio.Group
        label="Which copy of ESR this store is about"
        required
        value={draft.environment}
        onChange={(value) => onChange({ ...draft, environment: value as Environment })}
        error={faults.environment}
      >
        <Stack gap="sm" mt="xs">
          <Radio
            value="LIVE"
            label="LIVE"
            description="The real ESR: real people and real access. A blue band says so on every screen."
          />
          <Radio
            value="TPLY"
            label="TPLY"
            description="The copy for testing and training. A hatched band says so on every screen."
          />
        </Stack>
      </Radio.Group>
    </StepForm>
  );
};
