import type { Input } from '../../../../electron/contract/contract.ts';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { keyOf } from '../../lib/api.ts';
import type { StepOf } from '../signing/index.ts';

export type ExceptionTerms = Input<'requests:decideException'>['terms'];

type Revision = Pick<RequestDetail, 'id' | 'revision'>;

/** The approval of the request as the screen shows it. */
export const approvalOf = ({ id, revision }: Revision): StepOf<'requests:approve'> => ({
  operation: 'requests:approve',
  toSign: { decision: 'approve-request', subject: id, revision },
  input: (signature) => ({ id, revision, signature }),
  readAgain: keyOf('requests:get', { id }),
  words: {
    title: 'Sign the approval',
    what: 'approval',
    sign: 'Sign and approve',
    decide: 'Approve',
  },
});

/** The Caldicott Guardian's decision on the exception that was asked for. */
export const exceptionOf = (
  { id, revision }: Revision,
  terms: ExceptionTerms,
): StepOf<'requests:decideException'> => ({
  operation: 'requests:decideException',
  toSign: { decision: 'exception', subject: id, revision, terms },
  input: (signature) => ({ id, revision, terms, signature }),
  readAgain: keyOf('requests:get', { id }),
  words: {
    title: 'Sign the decision on the exception',
    what: 'decision',
    sign: terms.granted ? 'Sign and grant' : 'Sign and refuse',
    decide: terms.granted ? 'Grant the exception' : 'Refuse the exception',
  },
});
