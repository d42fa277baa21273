import type { QueryKey } from '@tanstack/react-query';
import type { Input, Output } from '../../../../electron/contract/contract.ts';

export type Prepared = Output<'signing:prepare'>;
export type SignedOperation = 'requests:approve' | 'requests:decideException' | 'ledger:signOff';
type Signature = Input<SignedOperation>['signature'];

export interface StepOf<N extends SignedOperation> {
  readonly operation: N;
  /** What its words are made from. */
  readonly toSign: Input<'signing:prepare'>;
  readonly input: (signature: Signature) => Input<N>;
  /** What is read again where it has changed since it was shown. */
  readonly readAgain: QueryKey;
  readonly words: {
    readonly title: string;
    /** As in "this … is not signed any more". */
    readonly what: string;
    readonly sign: string;
    readonly decide: string;
  };
}

/** A decision that the trust may have signed. */
export type SignedStep = { readonly [N in SignedOperation]: StepOf<N> }[SignedOperation];
