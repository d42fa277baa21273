import { findEntry } from '../../domain/access/catalogue.ts';
import type { AuthoriserFacts } from '../../domain/access/prerequisite-facts.ts';
import type {
  PrerequisiteFacts,
  SourceAge,
  SourceName,
  TrainingFacts,
} from '../../domain/access/prerequisites.ts';
import { type AccessRequest, grantedException, postAsked } from '../../domain/requests/request.ts';
import type { Clock } from '../ports.ts';
import type { LatestImport, RegisterReader, TrainingRow } from '../register-reader.ts';
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

/** Gathers what is known about a request today; deciding is the domain's. */
export function gatherFacts(store: OpenStore, clock: Clock, request: AccessRequest): PrerequisiteFacts {
  const { access, register } = store;
  const catalogue = readCatalogue(access.settings);
  const { informationGovernanceRequired, maxExtractAgeDays } = readSettings(access.settings);
  const { form, progress } = request;
  const match = findEntry(catalogue, request.urp ?? form.accessAsTyped);
  const beneficiary = presentNumber(access.who, progress.beneficiary);
  const authorisation = progress.authorisation ?? form.authorisation;
  return {
    today: clock.today(),
    now: clock.now(),
    request: {
      reference: form.reference,
      submittedAt: form.submittedAt,
      accessAsTyped: form.accessAsTyped,
      entry: match.kind === 'found' ? match.entry : null,
      couldBe: match.kind === 'ambiguous' ? match.candidates.map(({ name }) => name) : [],
      requester: form.requester.number,
      beneficiary,
      post: postAsked(request, access.who.personOf),
      authorisation:
        authorisation === null
          ? null
          : { employeeNumber: authorisation.by.number, name: authorisation.by.name, on: authorisation.on },
    },
    who: access.who.personOf,
    person: beneficiary === null ? null : register.personFacts(beneficiary, clock.today()),
    authoriser: authoriserFacts(store, clock, authorisation?.by.number ?? null),
    holdings:
      beneficiary === null
        ? []
        : register.holdingsOf(beneficiary).map(({ urp, exportedName, startDate, endDate }) => ({
            urp: urp ?? exportedName,
            startDate,
            endDate,
          })),
    asNumbers:
      beneficiary === null
        ? []
        : register.asNumbersOf(beneficiary).map(({ asNumber, positionNumber }) => ({
            asNumber,
            positionNumber,
            employeeNumber: beneficiary,
          })),
    training: beneficiary === null ? null : informationGovernance(register.trainingOf(beneficiary)),
    sources: sourceAges(register),
    catalogue,
    settings: { informationGovernanceRequired, maxExtractAgeDays },
    exception: exceptionFacts(store, request),
  };
}

function authoriserFacts(
  { access, register }: OpenStore,
  clock: Clock,
  number: string | null,
): AuthoriserFacts | null {
  const authoriser = access.who.personOf(number);
  const present = presentNumber(access.who, number);
  if (authoriser.kind === 'unknown' || present === null) return null;
  return {
    person: register.personFacts(present, clock.today()),
    accountEndedAt: access.who.accountEndedAt(authoriser.key),
  };
}

function exceptionFacts(store: OpenStore, { progress }: AccessRequest): PrerequisiteFacts['exception'] {
  const granted = grantedException(progress);
  if (granted === null) return null;
  const { until, by } = granted.decision;
  const name = store.access.users.get(by.userId)?.displayName ?? 'An account that is not here';
  return { covers: granted.covers, until, by: name };
}

const PASSED = /^(passed|achieved|complete|compliant|current|met|valid)/i;

/** The information governance record that lasts longest; null when the file names none for this person. */
export function informationGovernance(rows: readonly TrainingRow[]): TrainingFacts | null {
  const found = rows
    .filter(({ competence }) => /information governance/i.test(competence))
    .map(({ status, expiresOn }) => ({
      status: PASSED.test(status.trim()) ? ('passed' as const) : ('not-passed' as const),
      expiresOn,
    }));
  const rank = ({ status, expiresOn }: TrainingFacts) =>
    `${status === 'passed' ? 1 : 0}${expiresOn ?? '9999'}`;
  return found.toSorted((a, b) => rank(b).localeCompare(rank(a)))[0] ?? null;
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
