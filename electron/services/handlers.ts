import type { Contract, Input, OperationName, Output } from '../contract/contract.ts';
import type { DecisionToSign, SignatureInput } from '../contract/signing.contract.ts';
import { tryRule } from '../domain/cards/subject-example.ts';
import {
  confirmAccount,
  confirmStated,
  countAccounts,
  listAccounts,
  undoAccount,
} from './accounts/account.service.ts';
import type { CardService } from './cards/card.service.ts';
import type { ImportOperations, JobOperations } from './imports/operations.ts';
import { noteVerification } from './ledger/last-verification.ts';
import { listLedger } from './ledger/ledger.service.ts';
import { signOff } from './ledger/sign-off.service.ts';
import { permit, type SignedIn } from './permit.ts';
import type { Clock, Sha256 } from './ports.ts';
import type { Signed } from './record.ts';
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
import { takeStartingPosition } from './requests/starting-position.service.ts';
import { listViews, removeView, saveView } from './requests/view.service.ts';
import type { SecurityService } from './security/security.service.ts';
import { notFound, ServiceError } from './service-error.ts';
import { keepDraft } from './session/drafts.ts';
import type { SessionService } from './session/session.service.ts';
import type { OpenStore, Vault } from './session/vault.ts';
import { changeSettings, getSettings } from './settings/settings.service.ts';
import { type SigningService, signatureDetail } from './signing/signing.service.ts';
import {
  addUser,
  breakGlass,
  changeRoles,
  endBreakGlass,
  endUser,
  linkCard,
  listUsers,
  resetPassword,
} from './users/user.service.ts';

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
  readonly cards: CardService;
  readonly security: SecurityService;
  readonly signing: SigningService;
  readonly sha256: Sha256;
}

/** One line an operation. Who may call it is decided before (`permit`), the shape of the input before that (the registrar). */
export function createHandlers(parts: HandlerParts): Handlers {
  const { clock, vault, session, imports, jobs, cards, security, signing, sha256 } = parts;
  const store = (): OpenStore => session.requireSession().store;
  const at = (): requests.RequestContext => {
    const { store } = session.requireSession();
    const actor = session.signedIn();
    if (actor === null) throw notFound('Your session');
    return { store, clock, actor };
  };
  /** The same person as before the card was asked, still permitted. */
  const stillOf = (before: SignedIn, operation: OperationName): requests.RequestContext => {
    const now = at();
    permit(operation, now.actor);
    if (now.actor.userId === before.userId) return now;
    throw new ServiceError(
      'NOT_SIGNED_IN',
      'The session ended before this was done. Sign in, then try again.',
    );
  };
  /** The page (whose glass is broken) and the shell (when to lock) hear of it now and not at the next sign-in. */
  const toldOf = async <T>(done: T | Promise<T>): Promise<T> => {
    const answer = await done;
    await session.changed();
    return answer;
  };
  /** Signed outside the gate, since a card may take its time; decided within it, on what was signed. */
  const signedFirst = async <T>(
    operation: OperationName,
    toSign: DecisionToSign,
    given: SignatureInput | null,
    decide: (context: requests.RequestContext, signed: Signed | null) => T,
  ): Promise<T> => {
    const { actor } = at();
    const signature = await signing.sign(at(), toSign, given);
    const signed = signature === null ? null : { signature, detail: signatureDetail(signature, sha256) };
    return session.gated(() => decide(stillOf(actor, operation), signed));
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
    'settings:change': (input) => toldOf(changeSettings(at(), input)),
    'settings:backUpNow': () => session.backUpNow(),
    'users:list': () => listUsers(store(), vault, session.signedIn()?.userId ?? null),
    'users:add': (input) => addUser(at(), input, passwords),
    'users:resetPassword': (input) => resetPassword(at(), input, passwords),
    'users:end': (input) => toldOf(endUser(at(), input, passwords, vault)),
    'users:changeRoles': (input) => changeRoles(at(), input),
    'users:linkCard': (input) => toldOf(linkCard(at(), input, vault)),
    'users:breakGlass': (input) => toldOf(breakGlass(at(), input, vault)),
    'users:endBreakGlass': (input) => toldOf(endBreakGlass(at(), input)),

    'cards:getState': () => cards.getState(),
    'cards:enrol': (input) => cards.enrol(input),
    'session:signInByCard': (input) => cards.signIn(input),
    'drafts:list': () => ({ drafts: [...store().access.drafts.list(at().actor.userId)] }),
    'drafts:keep': (input) => keepDraft(at(), input),
    'security:getState': () => security.getState(at()),
    'security:markDevice': (input) => security.markDevice(at(), input),
    'security:getCardSettings': () => security.getCardSettings(at()),
    'security:trySubjectRule': ({ rule, subject }) => ({ problem: '', ...tryRule(rule, subject) }),
    'security:changeCardSettings': (input) => security.changeCardSettings(at(), input),
    'signing:prepare': (input) => signing.prepare(at(), input),
    'signing:list': (input) => signing.list(at(), input),

    'requests:list': ({ filter, sort, offset, limit }) => {
      const { total, rows } = store().access.requests.list(filter, sort, { offset, limit });
      return { total, rows: [...rows] };
    },
    'requests:countByStatus': () => {
      const { requests: queue } = store().access;
      const counts = queue.countByStatus();
      const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { counts: { ...counts }, total, objected: queue.countObjected() };
    },
    'requests:get': ({ id }) => requestDetail(at(), id),
    'requests:match': (input) => requests.match(at(), input),
    'requests:chooseAccess': (input) => requests.chooseAccess(at(), input),
    'requests:recordAuthorisation': (input) => requests.recordAuthorisation(at(), input),
    'requests:returnForm': (input) => requests.returnForm(at(), input),
    'requests:approve': (input) => {
      const { id: subject, revision } = input;
      return signedFirst(
        'requests:approve',
        { decision: 'approve-request', subject, revision },
        input.signature,
        (context, signed) => requests.approve(context, input, signed),
      );
    },
    'requests:askException': (input) => requests.askException(at(), input),
    'requests:decideException': (input) => {
      const { id: subject, revision, terms } = input;
      return signedFirst(
        'requests:decideException',
        { decision: 'exception', subject, revision, terms },
        input.signature,
        (context, signed) => requests.decideException(context, input, signed),
      );
    },
    'requests:endException': (input) => requests.endException(at(), input),
    'requests:withdrawApproval': (input) => requests.withdrawApproval(at(), input),
    'requests:key': (input) => requests.key(at(), input, session.newId),
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
    'imports:takeStartingPosition': (input) => takeStartingPosition(at(), input),
    'findings:reopen': (input) => reopenFinding(at(), input),

    'imports:offerFile': (input) => imports.offerFile(input),
    'imports:inspectTable': (input) => imports.inspectTable(input),
    'imports:readDates': (input) => imports.readDates(input),
    'imports:preview': (input) => imports.preview(input),
    'imports:apply': (input) => imports.apply(at(), input),
    'imports:whatRestsOn': (input) => imports.restsOn(input),
    'imports:undo': (input) => imports.undo(at(), input),
    'imports:list': (input) => listImports(store(), input),
    'imports:sources': () => listSources(store(), clock),
    'jobs:current': () => jobs.current(),
    'jobs:cancel': (input) => jobs.cancel(input),

    'register:searchPeople': (input) => searchPeople(store(), clock, input),
    'register:getPerson': (input) => getPerson(store(), clock, input),
    'register:catalogue': () => listCatalogue(store(), clock),
    'accounts:list': (input) => listAccounts(store(), input),
    'accounts:count': () => countAccounts(store()),
    'accounts:confirm': (input) => confirmAccount(at(), input),
    'accounts:confirmStated': () => confirmStated(at()),
    'accounts:undo': (input) => undoAccount(at(), input),
    'ledger:list': (input) => listLedger(store(), input),
    'ledger:verify': async () => {
      const verdict = await jobs.verifyLedger();
      // So that the screens can say when it was last found whole, and a sign-off what it is of.
      await session.gated(() => noteVerification(store().access.settings, clock, verdict));
      return verdict;
    },
    'ledger:signOff': ({ signature, ...review }) =>
      signedFirst('ledger:signOff', { decision: 'audit-sign-off', ...review }, signature, (context, signed) =>
        signOff(context, review, signed),
      ),
  };
}
