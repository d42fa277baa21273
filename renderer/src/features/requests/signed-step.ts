import type { Input, Output } from '../../../../electron/contract/contract.ts';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';

export type Prepared = Output<'signing:prepare'>;
export type ExceptionTerms = Input<'requests:decideException'>['terms'];

type SignedOperation = 'requests:approve' | 'requests:decideException';
type Signature = Input<SignedOperation>['signature'];

interface Step<N extends SignedOperation> {
  readonly operation: N;
  /** What its words are made from. */
  readonly toSign: Input<'signing:prepare'>;
  readonly input: (signature: Signature) => Input<N>;
  readonly words: {
    readonly title: string;
    /** As in "this … is not signed any more". */
    readonly what: string;
    readonly sign: string;
    readonly decide: string;
  };
}
/** A decision on a request that the trust may have signed. */
export type SignedStep = Step<'requests:approve'> | Step<'requests:decideException'>;

type Revision = Pick<RequestDetail, 'id' | 'revision'>;

/** The approval of the request as the screen shows it. */
export const approvalOf = ({ id, revision }: Revision): Step<'requests:approve'> => ({
  operation: 'requests:approve',
  toSign: { decision: 'approve-request', subject: id, revision },
  input: (signature) => ({ id, revision, signature }),
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
): Step<'requests:decideException'> => ({
  operation: 'requests:decideException',
  toSign: { decision: 'exception', subject: id, revision, terms },
  input: (signature) => ({ id, revision, terms, signature }),
  words: {
    title: 'Sign the decision on the exception',
    what: 'decision',
    sign: terms.granted ? 'Sign and grant' : 'Sign and refuse',
    decide: terms.granted ? 'Grant the exception' : 'Refuse the exception',
  },
});
