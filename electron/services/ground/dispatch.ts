import { type Answer, contract, type ErrorDetails, type OperationName } from '../../contract/contract.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { holdsGate, type Operation } from '../../contract/operation.ts';
import type { CoreOperation } from './define-area.ts';
import type { Handlers } from './handlers.ts';
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

/** Permit → (for what holds the gate: wait for it) → handle → envelope. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { handlers, gate } = options;
  return async (name, input, correlationId) => {
    const operation: Operation = contract[name];
    try {
      const asked = options.signedIn();
      permit(name, asked);
      // The registrar has parsed the input by this very entry of the contract.
      const handle = handlers[name as CoreOperation] as (input: unknown) => unknown;
      const data = await (holdsGate(operation)
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
function tellChanged(options: DispatchOptions, name: OperationName, correlationId: string): void {
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
function touched(name: OperationName): readonly string[] {
  const [area = ''] = name.split(':');
  const { touches = [] }: Operation = contract[name];
  return [area, ...touches, 'home', 'ledger'];
}
