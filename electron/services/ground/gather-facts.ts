import { createAccessKeys } from '../../domain/access/access-key.ts';
import { createEntryFinder } from '../../domain/access/catalogue.ts';
import { type EndDateMeaning, effectiveSpan, lastDayOf } from '../../domain/access/effective-access.ts';
import type {
  AuthoriserFacts,
  HoldingFacts,
  OtherRequestFacts,
} from '../../domain/access/prerequisite-facts.ts';
import type {
  ApprovalFacts,
  PrerequisiteFacts,
  SourceAge,
  SourceName,
} from '../../domain/access/prerequisites.ts';
import { trainingReader } from '../../domain/access/training-words.ts';
import { type AccessRequest, grantedException, postAsked } from '../../domain/requests/request.ts';
import type { OpenStore } from './open-store.ts';
import { type PeopleReader, rememberPeople } from './people-reader.ts';
import type { Clock, RequestOfPersonRow, StoredUser } from './ports.ts';
import type { HoldingRow, KnownOfPerson, LatestImport, RegisterReader } from './register-reader.ts';
import { readCatalogue, readSettings } from './store-settings.ts';
import { matchedNumber, presentNumber } from './who-is-who.ts';
import { readWorkOnPeople, type WorkOnPeople } from './work-on-people.ts';

/** What each source is called on the screen. */
export const SOURCE_LABELS = {
  go: 'ESR register (GO file)',
  holdings: 'ESR Active Responsibilities',
  oneforms: 'OneForms (Service Desk portal)',
  'as-numbers': 'AS numbers (Finance)',
  training: 'Training compliance',
} as const;

export type Store = Pick<OpenStore, 'access' | 'register'>;

/** What is the same for every request at one moment: read once, however many are judged. */
export interface Surroundings
  extends Pick<PrerequisiteFacts, 'today' | 'now' | 'sources' | 'catalogue' | 'settings'> {
  /** Where a row of somebody could not be read lately, what is known of a person may be older than its source. */
  readonly sourcesOf: (written: string | null) => PrerequisiteFacts['sources'];
  readonly endDateMeaning: EndDateMeaning;
  readonly find: ReturnType<typeof createEntryFinder>;
  readonly accessOf: ReturnType<typeof createAccessKeys>;
  readonly training: ReturnType<typeof trainingReader>;
  /** Accounts of this program, ended ones too, by id. */
  readonly users: ReadonlyMap<string, StoredUser>;
  readonly people: PeopleReader;
  readonly work: WorkOnPeople;
}

/** `many`: for hundreds of requests at a time. */
export function readSurroundings({ access, register }: Store, clock: Clock, many = false): Surroundings {
  const catalogue = readCatalogue(access.settings);
  const {
    informationGovernanceRequired,
    maxExtractAgeDays,
    trainingCompetences,
    trainingPassed,
    endDateMeaning,
  } = readSettings(access.settings);
  const users = access.users.list();
  const sources = sourceAges(register);
  const anyUnread = register.anyUnread();
  const find = createEntryFinder(catalogue);
  const accessOf = createAccessKeys(find);
  const people = rememberPeople(access.who, users, many);
  return {
    today: clock.today(),
    now: clock.now(),
    sources,
    sourcesOf: (written) => (anyUnread ? sourceAgesOf({ access, register }, written, sources) : sources),
    catalogue,
    settings: { informationGovernanceRequired, maxExtractAgeDays },
    endDateMeaning,
    find,
    accessOf,
    training: trainingReader({ competences: trainingCompetences, passed: trainingPassed }),
    users: new Map(users.map((user) => [user.id, user])),
    people,
    work: readWorkOnPeople(access, people, accessOf, many),
  };
}

/** As ESR writes it to the days on which it works; by the name that the catalogue has for it today. */
function heldAs(
  row: HoldingRow,
  { endDateMeaning: meaning, accessOf }: Pick<Surroundings, 'endDateMeaning' | 'accessOf'>,
  unapproved: ReadonlySet<string>,
): HoldingFacts {
  const part = { start: row.startDate, end: row.endDate };
  const key = accessOf(row.exportedName, row.urp);
  return {
    urp: key.startsWith('?') ? row.exportedName : key,
    own: effectiveSpan([part], meaning),
    works: effectiveSpan([part, { start: row.accountStart, end: row.accountEnd }], meaning),
    accountLastDay: lastDayOf(row.accountEnd, meaning),
    unapproved: unapproved.has(key),
  };
}

function otherRequest(
  { reference, urp, status, keyedEnd, approvedUntil, conflicts }: RequestOfPersonRow,
  meaning: EndDateMeaning,
  nameNow: (urp: string) => string,
): OtherRequestFacts {
  const letPass =
    conflicts === null || approvedUntil === null
      ? null
      : { conflicts: conflicts.map(nameNow), until: approvedUntil };
  const lastDay = status === 'approved' ? approvedUntil : lastDayOf(keyedEnd, meaning);
  return { reference, urp: nameNow(urp), status, lastDay, letPass };
}

/** Gathers what is known about a request today; deciding is the domain's. */
export function gatherFacts(store: Store, clock: Clock, request: AccessRequest): PrerequisiteFacts {
  const around = readSurroundings(store, clock);
  const { beneficiary, authoriser } = numbersOf(around, request);
  const numbers = [beneficiary, authoriser].filter((number) => number !== null);
  const known = store.register.knownOf([...new Set(numbers)], around.today);
  return factsOf(around, request, (number) => known.get(number));
}

/** Under which numbers the register is asked about the people of a request; null where there is nobody, or nobody can tell who. */
export function numbersOf(
  { people }: Pick<Surroundings, 'people'>,
  { form, progress }: AccessRequest,
): { readonly beneficiary: string | null; readonly authoriser: string | null } {
  const { number } = (progress.authorisation ?? form.authorisation)?.by ?? { number: null };
  return {
    beneficiary: matchedNumber(people, progress),
    authoriser: number === null ? null : presentNumber(people, number),
  };
}

/** The facts of one request, from what was read for all of them together: `knownOf` answers for each of `numbersOf`. */
export function factsOf(
  { find, accessOf, training, users, people, work, sourcesOf, endDateMeaning, ...around }: Surroundings,
  request: AccessRequest,
  knownOf: (number: string) => KnownOfPerson | undefined,
): PrerequisiteFacts {
  const { form, progress } = request;
  const numbers = numbersOf({ people }, request);
  const known = numbers.beneficiary === null ? undefined : knownOf(numbers.beneficiary);
  const match = find(request.urp ?? form.accessAsTyped);
  const authorisation = progress.authorisation ?? form.authorisation;
  const person = people.matched(progress);
  const unapproved = work.unapprovedOf(person);
  const asked = postAsked(
    request,
    people.personOf,
    (number) => person.kind === 'person' && people.namesOf(person.key).formerNumbers.includes(number),
  );
  // Of other forms too, by the name that the catalogue has for it today.
  const nameNow = (urp: string) => {
    const found = find(urp);
    return found.kind === 'found' ? found.entry.name : urp;
  };
  return {
    ...around,
    sources: sourcesOf(numbers.beneficiary),
    request: {
      reference: form.reference,
      submittedAt: form.submittedAt,
      accessAsTyped: form.accessAsTyped,
      entry: match.kind === 'found' ? match.entry : null,
      couldBe: match.kind === 'ambiguous' ? match.candidates.map(({ name }) => name) : [],
      requester: form.requester.number,
      beneficiary: numbers.beneficiary,
      post: asked.post,
      postOf: asked.of,
      authorisation:
        authorisation === null
          ? null
          : { employeeNumber: authorisation.by.number, name: authorisation.by.name, on: authorisation.on },
    },
    who: people.personOf,
    person: known?.person ?? null,
    authoriser: authoriserFacts(people, numbers.authoriser, knownOf),
    holdings: (known?.holdings ?? []).map((row) => heldAs(row, { endDateMeaning, accessOf }, unapproved)),
    otherRequests: work
      .requestsOf(person)
      .filter(({ requestId }) => requestId !== request.id)
      .map((row) => otherRequest(row, endDateMeaning, nameNow)),
    asNumbers: (known?.asNumbers ?? []).map(({ asNumber, positionNumber }) => ({
      asNumber,
      positionNumber,
      employeeNumber: numbers.beneficiary ?? '',
    })),
    training: known === undefined ? null : training(known.training),
    exception: exceptionFacts(users, request, nameNow),
    approval: approvalFacts(users, people, request),
  };
}

function authoriserFacts(
  { personOf, accountEndedAt }: PeopleReader,
  number: string | null,
  knownOf: (number: string) => KnownOfPerson | undefined,
): AuthoriserFacts | null {
  const authoriser = personOf(number);
  if (authoriser.kind === 'unknown' || number === null) return null;
  return { person: knownOf(number)?.person ?? null, accountEndedAt: accountEndedAt(authoriser.key) };
}

function exceptionFacts(
  users: Surroundings['users'],
  { progress }: AccessRequest,
  nameNow: (urp: string) => string,
): PrerequisiteFacts['exception'] {
  const granted = grantedException(progress);
  if (granted === null) return null;
  const { covers, conflicts = [], decision } = granted;
  const by = users.get(decision.by.userId)?.displayName ?? 'An account that is not here';
  return { covers, conflicts: conflicts.map(nameNow), until: decision.until, by };
}

/**
 * The ages of what is known of one person: where a row of theirs could not be read, that of the last extract in which every
 * one could, and it is said.
 */
export function sourceAgesOf(
  { access, register }: Store,
  written: string | null,
  ages = sourceAges(register),
): Readonly<Record<SourceName, SourceAge | null>> {
  const person = written === null ? null : access.who.personOf(written);
  if (person?.kind !== 'person') return ages;
  const { employeeNumbers, usernames } = access.who.namesOf(person.key);
  const names = [...employeeNumbers, ...usernames];
  const lastRead = (age: SourceAge | null, whole: LatestImport | null): SourceAge | null => {
    if (age === null || whole === null || whole.importId === age.extractId) return age;
    return {
      name: `${age.name} (last read whole for this person)`,
      takenAt: whole.takenAt ?? whole.importedAt,
      extractId: whole.importId,
    };
  };
  return {
    ...ages,
    register: lastRead(ages.register, register.registerReadWhole(employeeNumbers)),
    holdings: lastRead(ages.holdings, register.lastReadWhole('holdings', names)),
    asNumbers: lastRead(ages.asNumbers, register.lastReadWhole('as-numbers', names)),
    training: lastRead(ages.training, register.lastReadWhole('training', names)),
  };
}

/** Only an approval that is not keyed is judged again. */
function approvalFacts(
  users: Surroundings['users'],
  { personOfStep }: PeopleReader,
  { progress }: AccessRequest,
): ApprovalFacts | null {
  const { approval, status } = progress;
  if (status !== 'approved' || approval === null) return null;
  const user = users.get(approval.userId);
  const guardian = grantedException(progress)?.decision.by;
  return {
    name: user?.displayName ?? null,
    approver: personOfStep(approval),
    at: approval.at,
    endedAt: user?.endedAt ?? null,
    guardian: guardian === undefined ? null : personOfStep(guardian),
  };
}

export function sourceAges(register: RegisterReader): Readonly<Record<SourceName, SourceAge | null>> {
  const sources = register.sources();
  const age = (name: string, latest: LatestImport | undefined): SourceAge | null =>
    latest === undefined
      ? null
      : { name, takenAt: latest.takenAt ?? latest.importedAt, extractId: latest.importId };
  return {
    register: age(SOURCE_LABELS.go, sources.get('go')),
    holdings: age(SOURCE_LABELS.holdings, sources.get('holdings')),
    asNumbers: age(SOURCE_LABELS['as-numbers'], sources.get('as-numbers')),
    training: age(SOURCE_LABELS.training, sources.get('training')),
  };
}
