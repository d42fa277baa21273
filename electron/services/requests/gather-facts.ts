import { createEntryFinder } from '../../domain/access/catalogue.ts';
import type { AuthoriserFacts } from '../../domain/access/prerequisite-facts.ts';
import type { PrerequisiteFacts, SourceAge, SourceName } from '../../domain/access/prerequisites.ts';
import { trainingReader } from '../../domain/access/training-words.ts';
import { type AccessRequest, grantedException, postAsked } from '../../domain/requests/request.ts';
import type { Clock } from '../ports.ts';
import type { KnownOfPerson, LatestImport, RegisterReader } from '../register-reader.ts';
import type { OpenStore } from '../session/vault.ts';
import { readCatalogue, readSettings } from '../settings/store-settings.ts';
import { presentNumber } from '../who-is-who.ts';

/** What each source is called on the screen. */
export const SOURCE_LABELS = {
  go: 'ESR register (GO file)',
  holdings: 'ESR Active Responsibilities',
  oneforms: 'OneForms (Service Desk portal)',
  'as-numbers': 'AS numbers (Finance)',
  training: 'Training compliance',
} as const;

type Store = Pick<OpenStore, 'access' | 'register'>;

/** What is the same for every request at one moment: read once, however many are judged. */
export interface Surroundings
  extends Pick<PrerequisiteFacts, 'today' | 'now' | 'sources' | 'catalogue' | 'settings'> {
  /** A row of somebody could not be read lately, so that what is known of a person may be older than its source. */
  readonly anyUnread: boolean;
  readonly find: ReturnType<typeof createEntryFinder>;
  readonly training: ReturnType<typeof trainingReader>;
}

export function readSurroundings({ access, register }: Store, clock: Clock): Surroundings {
  const catalogue = readCatalogue(access.settings);
  const { informationGovernanceRequired, maxExtractAgeDays, trainingCompetences, trainingPassed } =
    readSettings(access.settings);
  return {
    today: clock.today(),
    now: clock.now(),
    sources: sourceAges(register),
    anyUnread: register.anyUnread(),
    catalogue,
    settings: { informationGovernanceRequired, maxExtractAgeDays },
    find: createEntryFinder(catalogue),
    training: trainingReader({ competences: trainingCompetences, passed: trainingPassed }),
  };
}

/** Gathers what is known about a request today; deciding is the domain's. */
export function gatherFacts(store: Store, clock: Clock, request: AccessRequest): PrerequisiteFacts {
  const around = readSurroundings(store, clock);
  const { beneficiary, authoriser } = numbersOf(store, request);
  const numbers = [beneficiary, authoriser].filter((number) => number !== null);
  const known = store.register.knownOf([...new Set(numbers)], around.today);
  return factsOf(store, around, request, (number) => known.get(number));
}

/** Under which numbers the register is asked about the people of a request; null where there is nobody, or nobody can tell who. */
export function numbersOf(
  { access }: Pick<Store, 'access'>,
  { form, progress }: AccessRequest,
): { readonly beneficiary: string | null; readonly authoriser: string | null } {
  const { number } = (progress.authorisation ?? form.authorisation)?.by ?? { number: null };
  return {
    beneficiary: presentNumber(access.who, progress.beneficiary),
    authoriser: number === null ? null : presentNumber(access.who, number),
  };
}

/** The facts of one request, from what was read for all of them together: `knownOf` answers for each of `numbersOf`. */
export function factsOf(
  store: Store,
  { find, training, anyUnread, ...around }: Surroundings,
  request: AccessRequest,
  knownOf: (number: string) => KnownOfPerson | undefined,
): PrerequisiteFacts {
  const { form, progress } = request;
  const { who } = store.access;
  const numbers = numbersOf(store, request);
  const known = numbers.beneficiary === null ? undefined : knownOf(numbers.beneficiary);
  const match = find(request.urp ?? form.accessAsTyped);
  const authorisation = progress.authorisation ?? form.authorisation;
  return {
    ...around,
    ...(anyUnread && { sources: sourceAgesOf(store, progress.beneficiary) }),
    request: {
      reference: form.reference,
      submittedAt: form.submittedAt,
      accessAsTyped: form.accessAsTyped,
      entry: match.kind === 'found' ? match.entry : null,
      couldBe: match.kind === 'ambiguous' ? match.candidates.map(({ name }) => name) : [],
      requester: form.requester.number,
      beneficiary: numbers.beneficiary,
      post: postAsked(request, who.personOf),
      authorisation:
        authorisation === null
          ? null
          : { employeeNumber: authorisation.by.number, name: authorisation.by.name, on: authorisation.on },
    },
    who: who.personOf,
    person: known?.person ?? null,
    authoriser: authoriserFacts(store, numbers.authoriser, knownOf),
    holdings: (known?.holdings ?? []).map(({ urp, exportedName, startDate, endDate }) => ({
      urp: urp ?? exportedName,
      startDate,
      endDate,
    })),
    asNumbers: (known?.asNumbers ?? []).map(({ asNumber, positionNumber }) => ({
      asNumber,
      positionNumber,
      employeeNumber: numbers.beneficiary ?? '',
    })),
    training: known === undefined ? null : training(known.training),
    exception: exceptionFacts(store, request),
  };
}

function authoriserFacts(
  { access }: Store,
  number: string | null,
  knownOf: (number: string) => KnownOfPerson | undefined,
): AuthoriserFacts | null {
  const authoriser = access.who.personOf(number);
  if (authoriser.kind === 'unknown' || number === null) return null;
  return {
    person: knownOf(number)?.person ?? null,
    accountEndedAt: access.who.accountEndedAt(authoriser.key),
  };
}

function exceptionFacts(store: Store, { progress }: AccessRequest): PrerequisiteFacts['exception'] {
  const granted = grantedException(progress);
  if (granted === null) return null;
  const { until, by } = granted.decision;
  const name = store.access.users.get(by.userId)?.displayName ?? 'An account that is not here';
  return { covers: granted.covers, until, by: name };
}

/**
 * The ages of what is known of one person: where a row of theirs could not be read, that of the last extract in which every
 * one could, and it is said.
 */
export function sourceAgesOf(
  { access, register }: Store,
  written: string | null,
): Readonly<Record<SourceName, SourceAge | null>> {
  const ages = sourceAges(register);
  const person = written === null ? null : access.who.personOf(written);
  if (person?.kind !== 'person') return ages;
  const { employeeNumbers, usernames } = access.who.namesOf(person.key);
  const names = [...employeeNumbers, ...usernames];
  const lastRead = (
    age: SourceAge | null,
    kind: 'holdings' | 'as-numbers' | 'training',
  ): SourceAge | null => {
    const whole = register.lastReadWhole(kind, names);
    if (age === null || whole === null || whole.importId === age.extractId) return age;
    return {
      name: `${age.name} (last read whole for this person)`,
      takenAt: whole.takenAt ?? whole.importedAt,
      extractId: whole.importId,
    };
  };
  return {
    ...ages,
    holdings: lastRead(ages.holdings, 'holdings'),
    asNumbers: lastRead(ages.asNumbers, 'as-numbers'),
    training: lastRead(ages.training, 'training'),
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
