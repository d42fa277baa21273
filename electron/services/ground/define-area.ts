import type { Contract, Input, OperationName, Output } from '../../contract/contract.ts';
import type { DecisionToSign } from '../../contract/signing.contract.ts';
import type { ActingContext } from './context.ts';
import type { OpenStore } from './open-store.ts';
import type { Clock } from './ports.ts';
import type { Signed } from './record.ts';

/** Operations that the core answers; the shell answers the others (theme, clipboard, about). */
export type CoreOperation = {
  [N in OperationName]: Contract[N] extends { readonly shell: true } ? never : N;
}[OperationName];
export type AreaName = CoreOperation extends infer N ? (N extends `${infer A}:${string}` ? A : never) : never;

export type Handler<N extends CoreOperation> = (input: Input<N>) => Output<N> | Promise<Output<N>>;

/** A decision that is signed: its words are signed outside the write gate, then it is decided within, on what was signed. */
export interface SignedStep<N extends CoreOperation> {
  readonly toSign: (input: Input<N>) => DecisionToSign;
  readonly decide: (context: ActingContext, input: Input<N>, signed: Signed | null) => Output<N>;
}

/** One line an operation of the area. What the contract calls signed must be a `SignedStep`, and nothing else may be. */
export type HandlersOf<A extends AreaName> = {
  readonly [N in Extract<CoreOperation, `${A}:${string}`>]: Contract[N] extends { readonly signs: string }
    ? SignedStep<N>
    : Handler<N>;
};

/** The exact words that a decision signs, by its name. */
export type SignedWords = {
  readonly [D in DecisionToSign['decision']]?: (
    context: ActingContext,
    toSign: Extract<DecisionToSign, { readonly decision: D }>,
  ) => string;
};

/** What waits for somebody: what it is, how many there are, and where they are worked on. */
export interface Waiting {
  readonly label: string;
  readonly count: number;
  readonly to: string;
}

/** What every area is given: the moment, the open store, and who acts; both throw where nobody is signed in. */
export interface Ground {
  readonly clock: Clock;
  readonly store: () => OpenStore;
  readonly at: () => ActingContext;
  /** For what the page (whose glass is broken) and the shell (when to lock) must hear of now and not at the next sign-in. */
  readonly toldOf: <T>(done: T | Promise<T>) => Promise<T>;
}

/** An area of the services: everything it answers, and what it needs for that besides the ground. */
export interface Area<A extends AreaName, Needs> {
  readonly name: A;
  readonly handlers: (desk: Ground & Needs) => HandlersOf<A>;
  readonly signs?: SignedWords;
  /** Its lines on the home screen, in the order of work. */
  readonly waiting?: (context: ActingContext) => readonly Waiting[];
}

export const defineArea = <const A extends AreaName, Needs = unknown>(area: Area<A, Needs>): Area<A, Needs> =>
  area;
