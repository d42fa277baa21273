import { SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '../../components/states.tsx';
import type { OwnerDraft } from '../../lib/owner-draft.ts';
import { type TrustDraft, wrongWords } from './create-store.ts';
import { StepForm } from './step-form.tsx';

interface ConfirmStepProps {
  readonly words: readonly string[];
  readonly asked: readonly number[];
  readonly trust: TrustDraft;
  readonly owner: OwnerDraft;
  readonly busy: boolean;
  readonly fault: Error | null;
  readonly onBack: () => void;
  readonly onCreate: () => void;
}

/** Asks for some of the words, so that the paper is known to be right before it is needed. */
export const ConfirmStep = (props: ConfirmStepProps) => {
  const { words, asked, trust, owner } = props;
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [told, setTold] = useState(false);
  const wrong = told ? wrongWords(words, asked, typed) : [];
  return (
    <StepForm
      nextLabel="Create the store"
      busy={props.busy}
      onBack={props.onBack}
      onNext={() => {
        setTold(true);
        if (wrongWords(words, asked, typed).length === 0) props.onCreate();
      }}
    >
      <Text size="sm">
        Look at what you wrote down and type these words. Then the store of <strong>{trust.trustName}</strong>{' '}
        ({trust.vpd}, {trust.environment}) is made, with <strong>{owner.displayName}</strong> as its owner.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: asked.length }}>
        {asked.map((number, index) => (
          <TextInput
            key={number}
            label={`Word ${number}`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={20}
            {...(index === 0 ? { 'data-first': true } : {})}
            value={typed[number] ?? ''}
            onChange={(event) => setTyped({ ...typed, [number]: event.currentTarget.value })}
            error={wrong.includes(number) ? `This is not word ${number}` : undefined}
          />
        ))}
      </SimpleGrid>
      {props.fault !== null && <ErrorState fault={props.fault} title="The store was not made" />}
    </StepForm>
  );
};
