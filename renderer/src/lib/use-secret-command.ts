import { useCallback, useEffect, useRef, useState } from 'react';
import type { OperationName, Output } from '../../../electron/contract/contract.ts';
import { type CallInput, invoke } from './api.ts';

export interface SecretCommand<N extends OperationName> {
  readonly run: (input: CallInput<N>) => void;
  readonly busy: boolean;
  readonly fault: Error | null;
  /** The refusal of the last try is not said any more. */
  readonly reset: () => void;
}

interface Options<N extends OperationName> {
  readonly onDone: (output: Output<N>) => void;
  readonly onRefused?: (fault: Error) => void;
}

/** As `useCommand`, for what holds a passcode or a password: a mutation would keep it in its cache for minutes. */
export const useSecretCommand = <N extends OperationName>(name: N, options: Options<N>): SecretCommand<N> => {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const latest = useRef(options);
  const here = useRef(true);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const run = useCallback(
    (input: CallInput<N>) => {
      setBusy(true);
      setFault(null);
      invoke(name, input).then(
        (output) => {
          if (!here.current) return;
          setBusy(false);
          latest.current.onDone(output);
        },
        (reason: unknown) => {
          if (!here.current) return;
          const refused = reason instanceof Error ? reason : new Error(String(reason));
          setBusy(false);
          setFault(refused);
          latest.current.onRefused?.(refused);
        },
      );
    },
    [name],
  );
  const reset = useCallback(() => setFault(null), []);
  return { run, busy, fault, reset };
};
