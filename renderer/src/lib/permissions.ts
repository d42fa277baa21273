import type { Contract, OperationName } from '../../../electron/contract/contract.ts';
import type { RoleId } from '../../../electron/contract/operation.ts';

export type RoleBoundOperation = {
  [N in OperationName]: Contract[N]['may'] extends readonly RoleId[] ? N : never;
}[OperationName];

/**
 * Who may call what, for hiding what a person cannot use; the program checks again. Put in by the build out of the contract, because
 * reading the contract itself here would load zod into the page.
 */
declare const __MAY__: Readonly<Record<RoleBoundOperation, readonly RoleId[]>>;

/** Whether somebody with these roles may call the operation. */
export const mayCall = (roles: readonly RoleId[], operation: RoleBoundOperation): boolean =>
  __MAY__[operation].some((role) => roles.includes(role));

const ROLE_WORDS: Readonly<Record<RoleId, string>> = {
  officer: 'Corporate Systems officer',
  'hr-admin': 'HR administrator',
  'team-lead': 'Team lead',
  caldicott: 'Caldicott Guardian',
  owner: 'System owner',
};

export const ROLE_IDS: readonly RoleId[] = ['officer', 'hr-admin', 'team-lead', 'caldicott', 'owner'];

export const roleWords = (role: RoleId): string => ROLE_WORDS[role];

export const rolesInWords = (roles: readonly RoleId[]): string => roles.map(roleWords).join(', ');
