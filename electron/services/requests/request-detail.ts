import type { OneFormContent as FormView, RequestDetail } from '../../contract/requests.contract.ts';
import {
  type EndDateMeaning,
  endDateFor,
  isOver,
  longest,
  type Span,
} from '../../domain/access/effective-access.ts';
import { keyingSteps } from '../../domain/access/keying-steps.ts';
import { postOfAssignment } from '../../domain/access/posts-asked.ts';
import type { Prerequisite, PrerequisiteFacts } from '../../domain/access/prerequisites.ts';
import { checkPrerequisites, summarise } from '../../domain/access/prerequisites.ts';
import { showInstant } from '../../domain/dates.ts';
import { formDifference } from '../../domain/requests/form-difference.ts';
import { judgeAgain } from '../../domain/requests/judged-again.ts';
import type { AccessRequest, OneFormContent, StepBy } from '../../domain/requests/request.ts';
import { accessView } from '../ground/access-view.ts';
import { userNames } from '../ground/account-names.ts';
import type { ActingContext } from '../ground/context.ts';
import { gatherFacts } from '../ground/gather-facts.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { Clock } from '../ground/ports.ts';
import type { PersonDetail } from '../ground/register-reader.ts';
import { notFound } from '../ground/service-error.ts';
import { readSettings } from '../ground/store-settings.ts';
import { matchedNumber } from '../ground/who-is-who.ts';
import { lastDay, objectionView, offeredCommands, undoWords } from './offered-commands.ts';

/** Everything the screen of one request shows, judged as of now. */
export function requestDetail(context: ActingContext, id: string): RequestDetail {
  const { store, clock } = context;
  const stored = store.access.requests.get(id);
  if (stored === null) throw notFound('This request');
  const facts = gatherFacts(store, clock, stored.request);
  const request = judgedNow(stored.request, checkPrerequisites(facts), clock);
  const { progress } = request;
  // Judged twice where something was let pass, from facts that are gathered once.
  const bare = checkPrerequisites({ ...facts, exception: null });
  const prerequisites = checkPrerequisites(facts).filter(
    // Once it was keyed, that the person holds it is what was wanted.
    ({ id }) => progress.keyed === null || id !== 'not-already-held',
  );
  const summary = { ...summarise(prerequisites), ...standing(request) };
  const number = matchedNumber(store.access.who, progress);
  const person = number === null ? null : store.register.personDetail(number, clock.today());
  const nameOf = userNames(store);
  const { endDateMeaning } = readSettings(store.access.settings);
  const holdings = facts.sources.holdings;
  const by = (step: StepBy) => ({ by: nameOf(step.userId), at: step.at });
  return {
    id,
    revision: stored.revision,
    status: progress.status,
    form: toFormView(request.form),
    formVersion: request.formVersion,
    versions: versions(store, request),
    access: facts.request.entry?.name ?? null,
    person: person === null ? null : personView(person, facts),
    presentAccess: person === null ? [] : store.register.holdingsOf(person.employeeNumber).map(accessView),
    presentAccessSource: {
      name: holdings?.name ?? 'ESR Active Responsibilities',
      takenAt: holdings?.takenAt ?? null,
    },
    prerequisites: prerequisites.map(({ conflicting: _, ...prerequisite }) => prerequisite),
    summary,
    keying: keying(store, request, facts, person, endDateMeaning),
    findings: store.access.findings
      .openOf(id)
      .map(({ id, kind, sentence, nextAction, raisedAt }) => ({ id, kind, sentence, nextAction, raisedAt })),
    objection: objectionView(context, request, prerequisites),
    authorisation: progress.authorisation && {
      by: progress.authorisation.by.name ?? progress.authorisation.by.number ?? 'not named',
      at: progress.authorisation.on ?? progress.authorisation.recorded.at,
      recordedBy: nameOf(progress.authorisation.recorded.userId),
    },
    approval: progress.approval && by(progress.approval),
    exception: exceptionView(request, bare, by, endDateMeaning),
    keyed: progress.keyed && {
      ...by(progress.keyed),
      startDate: progress.keyed.startDate,
      endDate: progress.keyed.endDate,
      despite: (progress.keyed.despite ?? []).map(({ fact }) => fact),
    },
    returned: progress.returned && { at: progress.returned.by.at, missing: [...progress.returned.missing] },
    verification: verification(request),
    notice: progress.attention,
    history: store.access.ledger.bySubject('request', id).map(({ seq, at, actorId, sentence }) => ({
      seq,
      at,
      actor: actorId === null ? 'The program' : nameOf(actorId),
      sentence,
    })),
    commands: offeredCommands(context, request, facts, prerequisites, bare),
    undoes: undoWords(request),
  };
}

function exceptionView(
  { progress }: AccessRequest,
  prerequisites: readonly Prerequisite[],
  by: (step: StepBy) => { readonly by: string; readonly at: string },
  meaning: EndDateMeaning,
): RequestDetail['exception'] {
  const { exception } = progress;
  if (!exception) return null;
  const { covers, reason, asked, decision } = exception;
  return {
    from: prerequisites
      .filter(({ id }) => covers.includes(id))
      .map(({ clause, title, fact }) => ({ clause, title, fact })),
    reason,
    ...by(asked),
    decision: decision && {
      granted: decision.granted,
      until: decision.granted ? decision.until : null,
      endDateInEsr: decision.granted ? endDateFor(decision.until, meaning) : null,
      reason: decision.reason,
      ...by(decision.by),
    },
  };
}

/** What a request past approval says in place of a judgement that is over. */
function standing({ progress }: AccessRequest): { readonly sentence?: string } {
  switch (progress.status) {
    case 'keyed':
      return {
        sentence: 'Keyed. The next holdings extract taken after the keying will show whether ESR has it.',
      };
    case 'not-seen':
      return {
        sentence: 'Keyed, but the extract taken after the keying does not show it. Look it up in ESR.',
      };
    case 'verified':
      return { sentence: 'ESR shows it, and nothing is left to do.' };
    case 'returned':
      return { sentence: 'Returned with what is missing. It comes back as a new version of the form.' };
    case 'withdrawn':
      return { sentence: 'Closed without access.' };
    case 'with-guardian':
      return {
        sentence: 'The Caldicott Guardian was asked for an exception and has not decided yet (5.1.1).',
      };
    case 'unmatched':
    case 'new':
    case 'authorised':
    case 'approved':
      return {};
  }
}

export function toFormView(form: OneFormContent): FormView {
  const { authorisation } = form;
  return {
    reference: form.reference,
    submittedAt: form.submittedAt,
    requesterName: form.requester.name ?? '',
    requesterEmployeeNumber: form.requester.number,
    beneficiaryNumber: form.beneficiary.number ?? '',
    beneficiaryName: form.beneficiary.name ?? '',
    accessAsked: form.accessAsTyped,
    justification: form.justification,
    lineManagerName: form.lineManager.name ?? '',
    lineManagerEmployeeNumber: form.lineManager.number,
    authorised: authorisation !== null,
    authorisedBy: authorisation?.by.name ?? null,
    authorisedByEmployeeNumber: authorisation?.by.number ?? null,
    authorisedAt: authorisation?.on ?? null,
    attachments: [...form.attachments],
  };
}

function versions(store: OpenStore, request: AccessRequest): RequestDetail['versions'] {
  const all = store.access.requests.versions(request.id);
  return all.map(({ version, receivedAt, form }, index) => {
    const before = all[index - 1];
    const changes = before === undefined ? [] : formDifference(before.form, form);
    return {
      version,
      receivedAt,
      changes: changes.map(({ label, before, after }) => ({ field: label, before, after })),
    };
  });
}

function personView(person: PersonDetail, facts: PrerequisiteFacts): RequestDetail['person'] {
  const main = postShown(person, facts);
  const source = facts.sources.register;
  return {
    personId: person.personId,
    name: person.name,
    employeeNumber: person.employeeNumber,
    username: facts.person?.username ?? null,
    smartcard: facts.person?.hasSmartcard ?? false,
    current: person.current,
    organisation: main?.organisation ?? null,
    position: main?.position ?? null,
    assignmentNumber: main?.assignmentNumber ?? null,
    lineManager: main?.lineManager ?? null,
    supervisor: main?.supervisor ?? null,
    directReports: person.assignments.reduce(
      (sum, { current, directReports }) => sum + (current ? directReports : 0),
      0,
    ),
    source: { name: source?.name ?? 'ESR register', takenAt: source?.takenAt ?? null },
  };
}

/** The post that was asked about; of somebody with several and none named, the main one. */
function postShown(person: PersonDetail, { request }: PrerequisiteFacts) {
  const posts = person.assignments.filter(({ current }) => current);
  return request.post === null
    ? posts[0]
    : posts.find(({ assignmentNumber }) => postOfAssignment(assignmentNumber) === request.post);
}

/** As it would stand if it were judged at this moment; only looking keeps nothing. */
function judgedNow(
  request: AccessRequest,
  prerequisites: readonly Prerequisite[],
  clock: Clock,
): AccessRequest {
  const judged = judgeAgain(request, prerequisites, { now: clock.now(), importId: null });
  return judged.kind === 'unchanged' ? request : judged.next;
}

/** Nothing is keyed on an approval that no longer holds, so nothing is shown to key. */
function keying(
  store: OpenStore,
  request: AccessRequest,
  facts: PrerequisiteFacts,
  person: PersonDetail | null,
  meaning: EndDateMeaning,
): RequestDetail['keying'] {
  const { entry } = facts.request;
  const { status, keyed } = request.progress;
  const shown = status === 'approved' || status === 'keyed' || status === 'not-seen' || status === 'verified';
  if (!shown || entry === null || person === null || request.progress.objection) return [];
  const main = postShown(person, facts);
  const standing = keyed === null ? heldNow(facts) : null;
  return keyingSteps({
    standing: standing && { start: standing.from, end: endDateFor(standing.lastDay, meaning) },
    entry,
    vpd: store.description.vpd,
    username: facts.person?.username ?? null,
    employeeNumber: person.employeeNumber,
    assignmentNumber: main?.assignmentNumber ?? person.employeeNumber,
    startDate: keyed?.startDate ?? facts.today,
    endDate: keyed === null ? endDateFor(lastDay(request), meaning) : keyed.endDate,
    environment: store.description.environment,
  }).map(({ instruction, values }) => ({ instruction, values: [...values] }));
}

/** The row that works already and gives what is asked for: its end is changed, and no second row is added. */
function heldNow({ holdings, request, today }: PrerequisiteFacts): Span | null {
  const own = holdings.flatMap(({ urp, own, works }) =>
    urp === request.entry?.name && own !== null && works !== null && !isOver(works, today) ? [own] : [],
  );
  return longest(own);
}

function verification({ progress }: AccessRequest): RequestDetail['verification'] {
  const { lastSeenIn } = progress;
  if (lastSeenIn === null) return null;
  const { takenAt, seen } = lastSeenIn;
  const when = showInstant(takenAt);
  return {
    at: takenAt,
    sentence: seen
      ? `Seen in the Active Responsibilities extract taken ${when}.`
      : `Not in the Active Responsibilities extract taken ${when}.`,
  };
}
