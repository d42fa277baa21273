import { createEntryFinder } from '../../domain/access/catalogue.ts';
import type { PrerequisiteFacts, SourceAge, SourceName } from '../../domain/access/prerequisites.ts';
import { personNumber } from '../../domain/access/separation.ts';
import { trainingReader } from '../../domain/access/training-words.ts';
import { type AccessRequest, grantedException } from '../../domain/requests/request.ts';
import type { Clock } from '../ports.ts';
import type { KnownOfPerson, LatestImport, RegisterReader } from '../register-reader.ts';
import type { OpenStore } from '../session/vault.ts';
import { readCatalogue, readSettings } from '../settings/store-settings.ts';

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
    catalogue,
    settings: { informationGovernanceRequired, maxExtractAgeDays },
    find: createEntryFinder(catalogue),
    training: trainingReader({ competences: trainingCompetences, passed: trainingPassed }),
  };
}

/** Gathers what is known about a request today; deciding is the domain's. */
export function gatherFacts(store: Store, clock: Clock, request: AccessRequest): PrerequisiteFacts {
  const around = readSurroundings(store, clock);
  const number = numberOf(request);
  const known = number === null ? undefined : store.register.knownOf([number], around.today).get(number);
  return factsOf(store, around, request, known);
}

/** Under which number the register is asked about a request's beneficiary; null while unmatched. */
export const numberOf = ({ progress }: AccessRequest): string | null =>
  progress.beneficiary === null ? null : personNumber(progress.beneficiary);

/** The facts of one request, from what was read for all of them together. */
export function factsOf(
  store: Store,
  { find, training, ...around }: Surroundings,
  request: AccessRequest,
  known: KnownOfPerson | undefined,
): PrerequisiteFacts {
  const { form, progress } = request;
  const match = find(request.urp ?? form.accessAsTyped);
  const authorisation = progress.authorisation ?? form.authorisation;
  return {
    ...around,
    request: {
      reference: form.reference,
      submittedAt: form.submittedAt,
      accessAsTyped: form.accessAsTyped,
      entry: match.kind === 'found' ? match.entry : null,
      couldBe: match.kind === 'ambiguous' ? match.candidates.map(({ name }) => name) : [],
      requester: form.requester.number,
      beneficiary: progress.beneficiary,
      authorisation:
        authorisation === null
          ? null
          : { employeeNumber: authorisation.by.number, name: authorisation.by.name, on: authorisation.on },
    },
    person: known?.person ?? null,
    holdings: (known?.holdings ?? []).map(({ urp, exportedName, startDate, endDate }) => ({
      urp: urp ?? exportedName,
      startDate,
      endDate,
    })),
    asNumbers: (known?.asNumbers ?? []).map(({ asNumber, positionNumber }) => ({
      asNumber,
      positionNumber,
      employeeNumber: numberOf(request) ?? '',
    })),
    training: known === undefined ? null : training(known.training),
    exception: exceptionFacts(store, request),
  };
}

function exceptionFacts(store: Store, { progress }: AccessRequest): PrerequisiteFacts['exception'] {
  const granted = grantedException(progress);
  if (granted === null) return null;
  const { until, by } = granted.decision;
  const name = store.access.users.get(by.userId)?.displayName ?? 'An account that is not here';
  return { covers: granted.covers, until, by: name };
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
