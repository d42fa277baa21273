import { type Answer, contract, type ErrorDetails, type OperationName } from '../contract/contract.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Operation } from '../contract/operation.ts';
import type { CoreOperation, Handlers } from './handlers.ts';
import { permit, type SignedIn } from './permit.ts';
import { CancelledError } from './ports.ts';
import { ServiceError } from './service-error.ts';
import type { WriteGate } from './write-gate.ts';

export interface DispatchOptions {
  readonly handlers: Handlers;
  readonly signedIn: () => SignedIn | null;
  readonly gate: WriteGate;
  /** What an error of the store means to the person; null for what is a bug. */
  readonly explain: (
    error: unknown,
  ) => { readonly code: ErrorCode; readonly message: string; readonly details?: ErrorDetails } | null;
  readonly onException: (error: unknown, operation: string, correlationId: string) => void;
  readonly onChanged: (areas: readonly string[]) => void;
}

export type Dispatch = (
  operation: OperationName,
  input: unknown,
  correlationId: string,
) => Promise<Answer<unknown>>;

/** These run a job, end one, or ask a card: they take the gate themselves, at the moment they write or once a job has let go of it. */
const GATES_ITSELF: ReadonlySet<string> = new Set([
  'imports:apply',
  'imports:undo',
  'session:createTrustStore',
  'session:openTraining',
  'session:signIn',
  'session:signInByCard',
  'cards:enrol',
  'requests:approve',
  'requests:decideException',
  'ledger:signOff',
  'session:signOut',
  'session:lock',
  'session:recover',
  'session:restoreBackup',
] satisfies OperationName[]);

/** Permit → (for a command: wait for the gate) → handle → envelope. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { handlers, gate } = options;
  return async (name, input, correlationId) => {
    const operation: Operation = contract[name];
    try {
      const asked = options.signedIn();
      permit(name, asked);
      // The registrar has parsed the input by this very entry of the contract.
      const handle = handlers[name as CoreOperation] as (input: unknown) => unknown;
      const waits = operation.kind === 'command' && !GATES_ITSELF.has(name);
      const data = await (waits
        ? gate.hold(async () => {
            permitStill(options, name, asked);
            return handle(input);
          })
        : handle(input));
      if (operation.kind === 'command') tellChanged(options, name, correlationId);
      return { ok: true, data };
    } catch (error) {
      return refuse(options, name, error, correlationId);
    }
  };
}

/** A command may have waited for a job: whoever is signed in by then must be the one who asked, and still be permitted. */
function permitStill(options: DispatchOptions, name: OperationName, asked: SignedIn | null): void {
  const now = options.signedIn();
  if (asked?.userId !== now?.userId) {
    throw new ServiceError(
      'NOT_SIGNED_IN',
      'The session ended before this was done. Sign in, then try again.',
    );
  }
  permit(name, now);
}

/** The command is done by now, so nothing that goes wrong in telling of it may say otherwise. */
function tellChanged(options: DispatchOptions, name: string, correlationId: string): void {
  try {
    options.onChanged(touched(name));
  } catch (error) {
    options.onException(error, name, correlationId);
  }
}

function refuse(
  options: DispatchOptions,
  name: string,
  error: unknown,
  correlationId: string,
): Answer<unknown> {
  const answer = (code: ErrorCode, message: string, details?: ErrorDetails): Answer<unknown> => ({
    ok: false,
    code,
    message,
    correlationId,
    ...(details === undefined ? {} : { details }),
  });
  if (error instanceof ServiceError) return answer(error.code, error.message, error.details);
  if (error instanceof CancelledError) return answer('CANCELLED', 'Cancelled. Nothing was changed.');
  const known = options.explain(error);
  if (known !== null) return answer(known.code, known.message, known.details);
  options.onException(error, name, correlationId);
  return answer(
    'UNEXPECTED',
    'Something went wrong in the program. Nothing was changed. Quote the number when you report it.',
  );
}

/** The areas whose screens read again after a command. Every command leaves an event, and the home screen shows both. */
function touched(name: string): readonly string[] {
  const [area = ''] = name.split(':');
  return [area, ...(ALSO[area] ?? []), 'home', 'ledger'];
}

const ALSO: Readonly<Record<string, readonly string[]>> = {
  imports: ['requests', 'findings', 'register', 'accounts'],
  // Whose an account is decides what everybody holds.
  accounts: ['requests', 'findings', 'register'],
  // A decision leaves its signature; what stands for or against an account is part of the state of security.
  requests: ['signing'],
  ledger: ['signing'],
  users: ['security', 'cards'],
  cards: ['users', 'security'],
  security: ['cards'],
  settings: ['security'],
};
