import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { invoke, isStale, keyOf } from '../../lib/api.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import type { SignedStep } from './signed-step.ts';

interface Decision {
  readonly decide: (step: SignedStep) => void;
  readonly busy: boolean;
  readonly fault: Error | null;
}

interface Options {
  readonly operation: SignedStep['operation'];
  readonly onDecided: () => void;
  /** It is signed: what is signed has been read, and waits to be shown. */
  readonly onSign: () => void;
}

/** Asks first whether the decision is signed: where it is, `onSign` shows what; where not, it is taken at once. */
export const useSignedStep = ({ operation, onDecided, onSign }: Options): Decision => {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const last = useRef<SignedStep | null>(null);
  const readAgain = (reason: Error) => {
    if (isStale(reason) && last.current !== null)
      void client.invalidateQueries({ queryKey: last.current.readAgain });
  };
  const command = useSecretCommand(operation, { onDone: onDecided, onRefused: readAgain });
  const decide = (step: SignedStep) => {
    setAsking(true);
    setFault(null);
    last.current = step;
    command.reset();
    invoke('signing:prepare', step.toSign)
      .then((prepared) => {
        if (prepared.needed === 'none') return command.run(step.input(null));
        client.setQueryData(keyOf('signing:prepare', step.toSign), prepared);
        onSign();
      })
      .catch((reason: unknown) => {
        const refused = reason instanceof Error ? reason : new Error(String(reason));
        readAgain(refused);
        setFault(refused);
      })
      .finally(() => setAsking(false));
  };
  return { decide, busy: asking || command.busy, fault: fault ?? command.fault };
};
