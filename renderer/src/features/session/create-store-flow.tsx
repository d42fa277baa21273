import { Stepper } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type NewPassword, NO_PASSWORD } from '../../components/new-password-fields.tsx';
import { useSession } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { EMPTY_OWNER, type OwnerDraft } from '../../lib/owner-draft.ts';
import { ConfirmStep } from './confirm-step.tsx';
import { EMPTY_TRUST, type TrustDraft, wordsToAsk } from './create-store.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import { OwnerStep } from './owner-step.tsx';
import { PhraseStep } from './phrase-step.tsx';
import { TrustStep } from './trust-step.tsx';

const STEPS = ['Trust', 'Owner', 'Recovery phrase', 'Confirm'] as const;

const secureRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** Makes the trust's store, step by step. Everything typed lives here and goes when this leaves the screen. */
export const CreateStoreFlow = ({ onCancel }: { readonly onCancel: () => void }) => {
  const { apply } = useSession();
  const [step, setStep] = useState(0);
  const [trust, setTrust] = useState<TrustDraft>(EMPTY_TRUST);
  const [owner, setOwner] = useState<OwnerDraft>(EMPTY_OWNER);
  const [password, setPassword] = useState<NewPassword>(NO_PASSWORD);
  const [words, setWords] = useState<readonly string[]>([]);
  const [asked] = useState(() => wordsToAsk(secureRandom));
  const create = useCommand('session:createTrustStore', { onDone: apply });
  const body = useRef<HTMLDivElement>(null);
  const move = (to: number) => {
    create.reset();
    setStep(to);
  };
  useEffect(() => {
    // Each step is another screen to a reader: it begins at its first field, or at its top.
    const first = body.current?.querySelector<HTMLElement>('[data-first]');
    (first ?? body.current)?.focus();
    if (step >= 0) window.scrollTo(0, 0);
  }, [step]);
  const send = () => {
    if (trust.environment === null) return;
    create.mutate({
      trustName: trust.trustName.trim(),
      vpd: trust.vpd.trim(),
      environment: trust.environment,
      owner: {
        username: owner.username.trim(),
        displayName: owner.displayName.trim(),
        password: password.password,
        employeeNumber: owner.employeeNumber.trim() === '' ? null : owner.employeeNumber.trim(),
      },
      recoveryPhrase: words.join(' '),
    });
  };
  return (
    <EntranceFrame title="Create the trust’s store" wide>
      <Stepper
        active={step}
        size="sm"
        mb="lg"
        className="no-print"
        allowNextStepsSelect={false}
        aria-label="Steps"
        onStepClick={(to) => {
          if (to < step) move(to);
        }}
      >
        {STEPS.map((label, index) => (
          <Stepper.Step
            key={label}
            label={label}
            allowStepSelect={index < step}
            aria-current={index === step ? 'step' : undefined}
          />
        ))}
      </Stepper>
      <div ref={body} tabIndex={-1}>
        {step === 0 && (
          <TrustStep draft={trust} onChange={setTrust} onBack={onCancel} onNext={() => move(1)} />
        )}
        {step === 1 && (
          <OwnerStep
            draft={owner}
            onChange={setOwner}
            password={password}
            onPassword={setPassword}
            trustName={trust.trustName}
            onBack={() => move(0)}
            onNext={() => move(2)}
          />
        )}
        {step === 2 && (
          <PhraseStep
            words={words}
            onWords={setWords}
            trustName={trust.trustName}
            onBack={() => move(1)}
            onNext={() => move(3)}
          />
        )}
        {step === 3 && (
          <ConfirmStep
            words={words}
            asked={asked}
            trust={trust}
            owner={owner}
            busy={create.isPending}
            fault={create.error}
            onBack={() => move(2)}
            onCreate={send}
          />
        )}
      </div>
    </EntranceFrame>
  );
};
