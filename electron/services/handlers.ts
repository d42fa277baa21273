import type { Contract, Input, OperationName, Output } from '../contract/contract.ts';
import type { ImportOperations, JobOperations } from './imports/operations.ts';
import { listLedger } from './ledger/ledger.service.ts';
import type { Clock } from './ports.ts';
import { home } from './register/home.service.ts';
import {
  getPerson,
  listCatalogue,
  listImports,
  listSources,
  searchPeople,
} from './register/register.service.ts';
import { listFindings, reopenFinding, settleFinding } from './requests/finding.service.ts';
import * as requests from './requests/request.service.ts';
import { requestDetail } from './requests/request-detail.ts';
import { listViews, removeView, saveView } from './requests/view.service.ts';
import { notFound } from './service-error.ts';
import type { SessionService } from './session/session.service.ts';
import type { OpenStore, Vault } from './session/vault.ts';
import { changeSettings, getSettings } from './settings/settings.service.ts';
import { addUser, endUser, listUsers, resetPassword } from './users/user.service.ts';

/** Operations that the core answers; the shell answers the others (theme, clipboard, about). */
export type CoreOperation = {
  [N in OperationName]: Contract[N] extends { readonly shell: true } ? never : N;
}[OperationName];

export type Handlers = {
  readonly [N in CoreOperation]: (input: Input<N>) => Output<N> | Promise<Output<N>>;
};

export interface HandlerParts {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly session: SessionService;
  readonly imports: ImportOperations;
  readonly jobs: JobOperations;
}

/** One line an operation. Who may call it is decided before (`permit`), the shape of the input before that (the registrar). */
export function createHandlers({ clock, vault, session, imports, jobs }: HandlerParts): Handlers {
  const store = (): OpenStore => session.requireSession().store;
  const at = (): requests.RequestContext => {
    const { store } = session.requireSession();
    const actor = session.signedIn();
    if (actor === null) throw notFound('Your session');
    return { store, clock, actor };
  };
  const passwords = {
    requireGoodPassword: session.requireGoodPassword,
    addPassword: session.addPassword,
    removePassword: session.removePassword,
    newId: session.newId,
  };
  return {
    'session:getState': () => session.state(),
    'session:selectStore': (input) => session.selectStore(input),
    'session:judgePassword': (input) => session.judgePassword(input),
    'session:proposeRecoveryPhrase': () => session.proposeRecoveryPhrase(),
    'session:createTrustStore': (input) => session.createTrustStore(input),
    'session:openTraining': () => session.openTraining(),
    'session:signIn': (input) => session.signIn(input),
    'session:signOut': () => session.leave(null),
    'session:lock': ({ because }) => session.leave(because),
    'session:changePassword': (input) => session.changePassword(input),
    'session:recover': (input) => session.recover(input),
    'session:listBackups': () => session.listBackups(),
    'session:restoreBackup': (input) => session.restoreBackup(input),

    'home:get': () => home(at()),
    'settings:get': () => getSettings(store(), vault, session.backupProblem()),
    'settings:change': async (input) => {
      const answer = changeSettings(at(), input);
      // The shell, which watches for idleness, must hear of it now and not at the next sign-in.
      await session.changed();
      return answer;
    },
    'settings:backUpNow': () => session.backUpNow(),
    'users:list': () => listUsers(store()),
    'users:add': (input) => addUser(at(), input, passwords),
    'users:resetPassword': (input) => resetPassword(at(), input, passwords),
    'users:end': (input) => endUser(at(), input, passwords),

    'requests:list': ({ filter, sort, offset, limit }) => {
      const { total, rows } = store().access.requests.list(filter, sort, { offset, limit });
      return { total, rows: [...rows] };
    },
    'requests:countByStatus': () => {
      const counts = store().access.requests.countByStatus();
      return { counts: { ...counts }, total: Object.values(counts).reduce((sum, n) => sum + n, 0) };
    },
    'requests:get': ({ id }) => requestDetail(at(), id),
    'requests:match': (input) => requests.match(at(), input),
    'requests:chooseAccess': (input) => requests.chooseAccess(at(), input),
    'requests:recordAuthorisation': (input) => requests.recordAuthorisation(at(), input),
    'requests:returnForm': (input) => requests.returnForm(at(), input),
    'requests:approve': (input) => requests.approve(at(), input),
    'requests:withdrawApproval': (input) => requests.withdrawApproval(at(), input),
    'requests:key': (input) => requests.key(at(), input),
    'requests:unkey': (input) => requests.unkey(at(), input),
    'requests:withdraw': (input) => requests.withdraw(at(), input),
    'requests:reopen': (input) => requests.reopen(at(), input),
    'requests:setRevisionAside': (input) => requests.setRevisionAside(at(), input),
    'requests:undo': (input) => requests.undo(at(), input),
    'views:list': () => listViews(at()),
    'views:save': (input) => saveView(at(), input, session.newId),
    'views:remove': (input) => removeView(at(), input),
    'findings:list': (input) => listFindings(store(), input),
    'findings:settle': (input) => settleFinding(at(), input),
    'findings:reopen': (input) => reopenFinding(at(), input),

    'imports:offerFile': (input) => imports.offerFile(input),
    'imports:inspectTable': (input) => imports.inspectTable(input),
    'imports:preview': (input) => imports.preview(input),
    'imports:apply': (input) => imports.apply(at(), input),
    'imports:list': (input) => listImports(store(), input),
    'imports:sources': () => listSources(store(), clock),
    'jobs:current': () => jobs.current(),
    'jobs:cancel': (input) => jobs.cancel(input),

    'register:searchPeople': (input) => searchPeople(store(), clock, input),
    'register:getPerson': (input) => getPerson(store(), clock, input),
    'register:catalogue': () => listCatalogue(store(), clock),
    'ledger:list': (input) => listLedger(store(), input),
    'ledger:verify': () => jobs.verifyLedger(),
  };
}
