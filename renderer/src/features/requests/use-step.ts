import { useQueryClient } from '@tanstack/react-query';
import type { Input, OperationName } from '../../../../electron/contract/contract.ts';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { type CallInput, isStale, keyOf, useCommand } from '../../lib/api.ts';

export type StepName = Exclude<
  Extract<OperationName, `requests:${string}`>,
  'requests:list' | 'requests:get' | 'requests:countByStatus'
>;

export interface Step<N extends StepName> {
  readonly run: (words: Omit<Input<N>, 'id' | 'revision'>) => void;
  readonly busy: boolean;
  readonly fault: Error | null;
  readonly reset: () => void;
}

/**
 * One step on the request as the screen shows it. When the request has changed meanwhile the program refuses (STALE) and
 * changes nothing: the request is read again here, and whatever the person typed stays where they typed it.
 */
export const useStep = <N extends StepName>(
  name: N,
  detail: Pick<RequestDetail, 'id' | 'revision'>,
  onDone: () => void,
): Step<N> => {
  const client = useQueryClient();
  const command = useCommand(name, {
    onDone,
    onRefused: (fault) => {
      if (isStale(fault))
        void client.invalidateQueries({ queryKey: keyOf('requests:get', { id: detail.id }) });
    },
  });
  return {
    run: (words) =>
      command.mutate({ ...words, id: detail.id, revision: detail.revision } as unknown as CallInput<N>),
    busy: command.isPending,
    fault: command.error,
    reset: command.reset,
  };
};
