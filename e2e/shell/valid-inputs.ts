import type { Input, OperationName } from '../../electron/contract/contract.ts';

const filter = { text: '', statuses: [], access: null };
const sort = { by: 'submittedAt', direction: 'asc' } as const;
const slice = { offset: 0, limit: 10 };
const step = { id: 'nobody', revision: 0 };
const because = { ...step, reason: 'said in a test' };
const file = { fileId: 'nobody', kind: 'holdings' } as const;
const options = { ...file, mapping: null, takenAt: null, startingPosition: null };
const phrase = 'abandon '.repeat(24).trim();
const password = 'not the password at all';

/**
 * One input of the right shape for every operation, naming nothing that exists. A new operation does not compile without one, so the
 * sweep cannot pass it by.
 */
export const VALID_INPUTS: { readonly [N in OperationName]: Input<N> } = {
  'app:about': {},
  'app:getTheme': {},
  'app:setTheme': { theme: 'system' },
  'app:copyText': { text: 'copied' },
  'app:reportFault': { name: 'Error', where: 'at a test' },
  'home:get': {},
  'settings:get': {},
  'settings:change': { idleMinutes: 10, maxExtractAgeDays: 10, informationGovernanceRequired: true },
  'settings:backUpNow': {},
  'session:getState': {},
  'session:selectStore': { store: null },
  'session:judgePassword': { password, about: ['a name'] },
  'session:proposeRecoveryPhrase': {},
  'session:createTrustStore': {
    trustName: 'Trust of a test',
    vpd: '919',
    environment: 'TPLY',
    owner: { username: 'owner', displayName: 'The owner', password, employeeNumber: null },
    recoveryPhrase: phrase,
  },
  'session:openTraining': {},
  'session:signIn': { username: 'nobody', password },
  'session:signOut': {},
  'session:lock': { because: 'by-hand' },
  'session:changePassword': { present: password, next: password },
  'session:recover': { recoveryPhrase: phrase, username: 'nobody', newPassword: password },
  'session:listBackups': {},
  'session:restoreBackup': { id: 'nobody', recoveryPhrase: phrase },
  'users:list': {},
  'users:add': {
    username: 'somebody',
    displayName: 'Somebody',
    employeeNumber: null,
    roles: ['officer'],
    firstPassword: 'short',
  },
  'users:resetPassword': { id: 'nobody', firstPassword: 'short' },
  'users:end': { id: 'nobody', reason: 'said in a test' },
  'requests:list': { filter, sort, ...slice },
  'requests:countByStatus': {},
  'requests:get': { id: 'nobody' },
  'requests:match': { ...step, employeeNumber: '12345678' },
  'requests:chooseAccess': { ...step, access: 'an access' },
  'requests:recordAuthorisation': step,
  'requests:returnForm': { ...step, missing: ['a thing'], note: '' },
  'requests:approve': step,
  'requests:withdrawApproval': because,
  'requests:key': { ...step, keyedAt: '2026-11-20T12:00:00.000Z', startDate: '2026-11-20', endDate: null },
  'requests:unkey': because,
  'requests:withdraw': because,
  'requests:reopen': because,
  'requests:setRevisionAside': because,
  'requests:undo': because,
  'views:list': {},
  'views:save': { name: 'A view', filter, sort },
  'views:remove': { id: 'nobody' },
  'findings:list': { open: true, ...slice },
  'findings:settle': { id: 'nobody', settlement: 'said in a test' },
  'findings:reopen': { id: 'nobody', reason: 'said in a test' },
  'imports:offerFile': { path: '/nowhere/file.csv' },
  'imports:inspectTable': file,
  'imports:preview': options,
  'imports:apply': { ...options, sha256: '0'.repeat(64) },
  'imports:list': slice,
  'imports:sources': {},
  'jobs:current': {},
  'jobs:cancel': { jobId: 'nobody' },
  'register:searchPeople': { text: '', ...slice },
  'register:getPerson': { employeeNumber: '12345678' },
  'register:catalogue': {},
  'ledger:list': {
    filter: { text: '', operation: null, actor: null, outcome: null, from: null, to: null },
    ...slice,
  },
  'ledger:verify': {},
};
