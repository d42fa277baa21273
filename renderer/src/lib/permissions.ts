import type { Contract, OperationName } from '../../../electron/contract/contract.ts';
import type { RoleId } from '../../../electron/contract/operation.ts';

type RoleBound = {
  readonly [N in OperationName as Contract[N]['may'] extends readonly RoleId[]
    ? N
    : never]: Contract[N]['may'];
};

/**
 * Who may call what, for hiding what a person cannot use. The program checks again; the compiler holds this list to the
 * contract, entry by entry, because reading the contract itself here would load zod into the page.
 */
export const MAY = {
  'settings:change': ['owner'],
  'settings:backUpNow': ['owner', 'officer'],
  'users:list': ['owner', 'team-lead'],
  'users:add': ['owner'],
  'users:resetPassword': ['owner'],
  'users:end': ['owner'],
  'users:changeRoles': ['owner'],
  'users:linkCard': ['owner'],
  'users:breakGlass': ['owner'],
  'users:endBreakGlass': ['owner'],
  'security:getState': ['owner', 'team-lead'],
  'security:markDevice': ['owner'],
  'security:getCardSettings': ['owner', 'team-lead'],
  'security:trySubjectRule': ['owner'],
  'security:changeCardSettings': ['owner'],
  'signing:list': ['officer', 'team-lead', 'owner', 'caldicott'],
  'requests:list': ['officer', 'team-lead', 'owner', 'caldicott'],
  'requests:countByStatus': ['officer', 'team-lead', 'owner', 'caldicott'],
  'requests:get': ['officer', 'team-lead', 'owner', 'caldicott'],
  'requests:match': ['officer'],
  'requests:chooseAccess': ['officer'],
  'requests:recordAuthorisation': ['officer'],
  'requests:returnForm': ['officer'],
  'requests:askException': ['officer'],
  'requests:decideException': ['caldicott'],
  'requests:endException': ['caldicott'],
  'requests:approve': ['officer'],
  'requests:withdrawApproval': ['officer'],
  'requests:key': ['officer'],
  'requests:unkey': ['officer'],
  'requests:setRevisionAside': ['officer'],
  'requests:withdraw': ['officer'],
  'requests:reopen': ['officer'],
  'requests:undo': ['officer'],
  'findings:list': ['officer', 'team-lead', 'owner', 'caldicott'],
  'findings:settle': ['officer'],
  'imports:takeStartingPosition': ['owner'],
  'imports:whatRestsOn': ['owner'],
  'imports:undo': ['owner'],
  'findings:reopen': ['officer'],
  'imports:offerFile': ['officer', 'hr-admin', 'owner'],
  'imports:inspectTable': ['officer', 'hr-admin', 'owner'],
  'imports:readDates': ['officer', 'hr-admin', 'owner'],
  'imports:preview': ['officer', 'hr-admin', 'owner'],
  'imports:apply': ['officer', 'hr-admin', 'owner'],
  'register:searchPeople': ['officer', 'hr-admin', 'team-lead', 'owner', 'caldicott'],
  'register:getPerson': ['officer', 'hr-admin', 'team-lead', 'owner', 'caldicott'],
  'accounts:list': ['officer', 'team-lead', 'owner'],
  'accounts:count': ['officer', 'team-lead', 'owner'],
  'accounts:confirm': ['officer', 'owner'],
  'accounts:confirmStated': ['officer', 'owner'],
  'accounts:undo': ['officer', 'owner'],
  'ledger:list': ['team-lead', 'owner', 'caldicott'],
  'ledger:verify': ['team-lead', 'owner'],
  'ledger:signOff': ['team-lead'],
} as const satisfies RoleBound;

export type RoleBoundOperation = keyof typeof MAY;

/** Whether somebody with these roles may call the operation. */
export const mayCall = (roles: readonly RoleId[], operation: RoleBoundOperation): boolean =>
  (MAY[operation] as readonly RoleId[]).some((role) => roles.includes(role));

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
