import { contract, type Input, type OperationName, type Output } from '../../contract/contract.ts';
import type { Operation } from '../../contract/operation.ts';
import type { DecisionToSign, SignatureInput } from '../../contract/signing.contract.ts';
import type { ActingContext } from './context.ts';
import type { CoreOperation, Ground, Handler, SignedStep } from './define-area.ts';
import type { OpenStore } from './open-store.ts';
import { permit, type SignedIn } from './permit.ts';
import type { Clock } from './ports.ts';
import type { Signed } from './record.ts';
import { notFound, ServiceError } from './service-error.ts';

export type Handlers = {
  readonly [N in CoreOperation]: (input: Input<N>) => Output<N> | Promise<Output<N>>;
};

/** Who is signed in, as the ground sees it. */
export interface ActingSession {
  readonly requireSession: () => { readonly store: OpenStore };
  readonly signedIn: () => SignedIn | null;
  /** Tells the page and the shell of the session's state. */
  readonly changed: () => Promise<unknown>;
  readonly gated: <T>(work: () => T) => Promise<T>;
}

/** Asks for the signature that a decision needs; null where it needs none. A card may take its time. */
export type Sign = (
  context: ActingContext,
  toSign: DecisionToSign,
  given: SignatureInput | null,
) => Promise<Signed | null>;

interface GroundParts {
  readonly clock: Clock;
  readonly session: ActingSession;
}

/** What every area stands on, over the session of the moment. */
export function createGround({ clock, session }: GroundParts): Ground {
  return {
    clock,
    store: () => session.requireSession().store,
    at: () => {
      const { store } = session.requireSession();
      const actor = session.signedIn();
      if (actor === null) throw notFound('Your session');
      return { store, clock, actor };
    },
    toldOf: async (done) => {
      const answer = await done;
      await session.changed();
      return answer;
    },
  };
}

/** An area with what it needs in hand: its handlers alone. */
export interface BuiltArea {
  readonly name: string;
  readonly handlers: Readonly<Record<string, Handler<never> | SignedStep<never>>>;
}

/**
 * Every area's lines in one table. Who may call what is decided before (`permit`), the shape of the input before that (the registrar).
 * Throws, so that the program does not start, where an operation is answered twice, by another area, or by nobody, and where one that
 * signs is not a `SignedStep`: it would ask the card while it holds the write gate, and every later command would wait for ever.
 */
export function createHandlers(
  areas: readonly BuiltArea[],
  ground: Ground,
  session: ActingSession,
  sign: Sign,
): Handlers {
  const found = new Map<string, (input: never) => unknown>();
  for (const { name: area, handlers } of areas) {
    for (const [name, handler] of Object.entries(handlers)) {
      if (!name.startsWith(`${area}:`)) throw new Error(`${name} is answered by the area ${area}`);
      if (found.has(name)) throw new Error(`${name} is answered twice`);
      const signs = (contract as Readonly<Record<string, Operation>>)[name]?.signs !== undefined;
      if (signs !== (typeof handler !== 'function'))
        throw new Error(
          `${name} ${signs ? 'signs, and is no signed step' : 'is a signed step, and signs nothing'}`,
        );
      found.set(
        name,
        typeof handler === 'function'
          ? (handler as (input: never) => unknown)
          : signedFirst(name as OperationName, handler, { ground, session, sign }),
      );
    }
  }
  for (const [name, { shell }] of Object.entries(contract as Readonly<Record<string, Operation>>)) {
    if (shell !== true && !found.has(name)) throw new Error(`No area answers ${name}`);
  }
  return Object.fromEntries(found) as unknown as Handlers;
}

/** Signed outside the gate, decided within it, on what was signed and by the same person, still permitted. */
function signedFirst(
  operation: OperationName,
  step: SignedStep<never>,
  {
    ground,
    session,
    sign,
  }: { readonly ground: Ground; readonly session: ActingSession; readonly sign: Sign },
): (input: never) => Promise<unknown> {
  return async (input) => {
    const before = ground.at();
    const { signature } = input as { readonly signature: SignatureInput | null };
    const signed = await sign(before, step.toSign(input), signature);
    return session.gated(() => {
      const now = ground.at();
      permit(operation, now.actor);
      if (now.actor.userId !== before.actor.userId) {
        throw new ServiceError(
          'NOT_SIGNED_IN',
          'The session ended before this was done. Sign in, then try again.',
        );
      }
      return step.decide(now, input, signed);
    });
  };
}
