import { type EndDateMeaning, lastDayOf } from '../../domain/access/effective-access.ts';
import { checkPrerequisites } from '../../domain/access/prerequisites.ts';
import { londonDate } from '../../domain/dates.ts';
import type { PersonKey } from '../../domain/people/person-key.ts';
import { pointsAgainst, stillVouches } from '../../domain/requests/judged-again.ts';
import type {
  KnownFinding,
  StartingPosition,
  VerificationInput,
} from '../../domain/requests/verification.ts';
import { subjectKey } from '../../domain/requests/verification-facts.ts';
import { gatherFacts } from '../ground/gather-facts.ts';
import type { RequestToVerifyRow, StoredFinding } from '../ground/ports.ts';
import type { WhoIsWho } from '../ground/who-is-who.ts';
import { type AccessReader, createAccessReader } from './access-seen.ts';
import type { ImportContext } from './import-context.ts';
import type { HoldingsExtract } from './verify-holdings.ts';

export interface VerificationFacts {
  readonly input: VerificationInput;
  /** The starting positions as they stand by now. */
  readonly readPositions: () => readonly StartingPosition[];
  readonly referenceOf: (requestId: string) => string;
  readonly meaning: EndDateMeaning;
  /** A person key's name in the register; null for whom it does not know. */
  readonly nameOf: (person: string) => string | null;
}

/** What the store knows, in the domain's terms: persons by key, access by key, days as they work. */
export function gatherVerification(context: ImportContext, extract: HoldingsExtract): VerificationFacts {
  const { access, imports, staging } = context;
  const reader = createAccessReader(access);
  const seen = staging.holdingsRead().flatMap((row) => reader.read(row) ?? []);
  const shown = new Set(seen.map(({ person, access: of }) => subjectKey(person, of)));
  const requests = [...access.requests.toVerify()].map((row) => {
    const request = requestOf(row, reader, access.who);
    const isShown = request.person !== null && shown.has(subjectKey(request.person, request.access));
    return request.status === 'approved' && isShown
      ? { ...request, holds: holdsNow(context, request.requestId) }
      : request;
  });
  const references = new Map(requests.map(({ requestId, reference }) => [requestId, reference]));
  const readPositions = () => access.findings.startingPositions().map((row) => positionOf(row, reader));
  const withNumber = new Set(
    seen.filter(({ evidence }) => evidence.employeeNumber !== null).map(({ person }) => person),
  );
  const names = createNames(context);
  return {
    readPositions,
    meaning: reader.meaning,
    referenceOf: (requestId) => references.get(requestId) ?? requestId,
    nameOf: names.nameOf,
    input: {
      reading: {
        takenAt: extract.takenAt,
        newerReadBefore: extract.newerReadBefore,
        wholeFor: extract.reading.wholeFor,
        // Whoever stands in the extract by number has their account there; so has whoever confirmed one.
        isNobodys: (account) => access.who.isNobodys(account.replace(/^user:/, '')),
        accountKnown: (person) => withNumber.has(person) || names.hasAccount(person),
      },
      requests,
      seen,
      startingPositions: readPositions(),
      unreadAtStart: createUnreadAtStart(imports.unreadAtStart(), reader),
      postsEnd: keptPostsEnd(context, londonDate(extract.takenAt)),
      known: access.findings.known().map((finding) => knownOf(finding, reader)),
    },
  };
}

/** A day may have passed since it was judged last; few requests are keyed in ESR and not recorded here, so they are judged one by one. */
function holdsNow({ access, register, clock }: ImportContext, requestId: string): boolean {
  const stored = access.requests.get(requestId);
  if (stored === null) return false;
  const facts = gatherFacts({ access, register }, clock, stored.request);
  return stillVouches(pointsAgainst(checkPrerequisites(facts)));
}

function requestOf(
  row: RequestToVerifyRow,
  { who, accessOf, meaning }: AccessReader,
  { personOfId }: Pick<WhoIsWho, 'personOfId'>,
) {
  const { keyedAt, keyedFrom, keyedEnd, employeeNumber, personId, urp, ...rest } = row;
  const answer = (personId === null ? null : personOfId(personId)) ?? who.personOf(employeeNumber);
  const span = { from: keyedFrom, lastDay: lastDayOf(keyedEnd, meaning) };
  return {
    ...rest,
    urp,
    person: answer.kind === 'person' ? answer.key : null,
    access: accessOf(urp),
    keyed: keyedAt === null ? null : { at: keyedAt, span },
  };
}

type StoredPosition = ReturnType<ImportContext['access']['findings']['startingPositions']>[number];

function positionOf(row: StoredPosition, { who, accessOf, meaning }: AccessReader): StartingPosition {
  const { id, goneSince, from, until, exportedName, urp } = row;
  return {
    id,
    goneSince,
    // A holder whom nothing names any more is nobody whom an extract can show.
    person: who.holderOf(row) ?? `gone:${id}`,
    access: accessOf(exportedName ?? (urp ?? '').replace(/^\?/, ''), urp?.startsWith('?') ? null : urp),
    span: { from, lastDay: lastDayOf(until, meaning) },
  };
}

function knownOf(finding: StoredFinding, { who, accessOf }: AccessReader): KnownFinding {
  const { id, kind, requestId, exportedName, urp, about } = finding;
  const aboutRequest =
    (finding.subject ?? (kind === 'seen-but-never-approved' ? 'access' : 'request')) === 'request';
  const person = who.holderOf(finding) ?? `gone:${id}`;
  return {
    findingId: id,
    kind,
    key:
      aboutRequest && requestId !== null ? requestId : subjectKey(person, accessOf(exportedName ?? urp, urp)),
    about,
    raisedFrom: finding.extractTakenAt,
    open: finding.settledAt === null,
  };
}

function createUnreadAtStart(
  { written, takenAt }: ReturnType<ImportContext['imports']['unreadAtStart']>,
  { who }: AccessReader,
): VerificationInput['unreadAtStart'] {
  const everybody = written.includes('*');
  const day = takenAt === null ? null : londonDate(takenAt);
  const people = new Set<string | null>(
    written.flatMap((text) => {
      const answer = who.personOf(text);
      return [
        who.holderOf({ employeeNumber: null, username: text }),
        answer.kind === 'person' ? answer.key : null,
      ];
    }),
  );
  return (person, from) =>
    (everybody || people.has(person)) && (from === null || day === null || from <= day);
}

/** Asked only of whom something that ends was keyed for. */
function keptPostsEnd(
  { register }: Pick<ImportContext, 'register'>,
  day: string,
): VerificationInput['postsEnd'] {
  const kept = new Map<string, string | null>();
  return (person) => {
    const known = kept.get(person);
    if (known !== undefined) return known;
    const end = register.lastDayOfPosts(person as PersonKey, day);
    kept.set(person, end);
    return end;
  };
}

function createNames({ access, imports }: ImportContext) {
  let byNumber: ReadonlyMap<string, string> | null = null;
  const names = (person: string) => access.who.namesOf(person as PersonKey);
  return {
    nameOf: (person: string): string | null => {
      byNumber ??= imports.peopleByNumber();
      for (const number of names(person).employeeNumbers) {
        const name = byNumber.get(number);
        if (name !== undefined) return name;
      }
      return null;
    },
    hasAccount: (person: string): boolean => names(person).usernames.length > 0,
  };
}
