import { contract, type OperationName } from '../../contract/contract.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Actor } from './ports.ts';
import { ServiceError } from './service-error.ts';

/** What somebody who still has their first password may do: change it, or leave. */
const BEFORE_OWN_PASSWORD: ReadonlySet<OperationName> = new Set([
  'session:getState',
  'session:changePassword',
  'session:judgePassword',
  'session:signOut',
  'session:lock',
]);

export interface SignedIn extends Actor {
  readonly mustChangePassword: boolean;
}

/** The one place that decides who may call what; the table is the contract's own `may`. Throws the refusal. */
export function permit(name: OperationName, user: SignedIn | null): void {
  const operation: Operation = contract[name];
  if (operation.may === 'anyone') return;
  if (user === null)
    throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
  if (user.mustChangePassword && !BEFORE_OWN_PASSWORD.has(name)) {
    throw new ServiceError('MUST_CHANGE_PASSWORD', 'Choose your own password first.');
  }
  if (operation.may === 'signed-in') return;
  const may = operation.may;
  if (!user.roles.some((role) => may.includes(role))) {
    throw new ServiceError(
      'NOT_PERMITTED',
      'Your role does not include this. Ask the system owner if it should.',
    );
  }
}
