import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Input, Output } from '../../../../electron/contract/contract.ts';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { invoke, keyOf, Refusal } from '../../lib/api.ts';
import { type Step, useStep } from './use-step.ts';

export type Prepared = Output<'signing:prepare'>;

/** What an approval of the request as the screen shows it would sign. */
export const approvalOf = ({ id, revision }: Pick<RequestDetail, 'id' | 'revision'>) =>
  ({ decision: 'approve-request', subject: id, revision }) as const satisfies Input<'signing:prepare'>;

interface Approval {
  readonly approve: () => void;
  readonly busy: boolean;
  readonly fault: Error | null;
}

/** Asks first whether the approval is signed: where it is, `onSign` shows what; where not, it is approved at once. */
export const useApproval = (detail: RequestDetail, onSign: () => void): Approval => {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const step: Step<'requests:approve'> = useStep('requests:approve', detail, () => undefined);
  const approve = () => {
    setAsking(true);
    setFault(null);
    step.reset();
    const input = approvalOf(detail);
    invoke('signing:prepare', input)
      .then((prepared) => {
        if (prepared.needed === 'none') return step.run({ signature: null });
        client.setQueryData(keyOf('signing:prepare', input), prepared);
        onSign();
      })
      .catch((reason: unknown) => {
        if (reason instanceof Refusal && reason.code === 'STALE') {
          void client.invalidateQueries({ queryKey: keyOf('requests:get', { id: detail.id }) });
        }
        setFault(reason instanceof Error ? reason : new Error(String(reason)));
      })
      .finally(() => setAsking(false));
  };
  return { approve, busy: asking || step.busy, fault: fault ?? step.fault };
};
