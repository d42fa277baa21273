import { createEntryFinder } from '../../domain/access/catalogue.ts';
import { type Matched, type PersonAnswer, personIdOf } from '../../domain/people/person-key.ts';
import { formDifference } from '../../domain/requests/form-difference.ts';
import type { AccessRequest, FormVersion, OneFormContent } from '../../domain/requests/request.ts';
import { referenceKey, type SameNumber, spelledAs } from '../../domain/requests/same-form.ts';
import { type DecisionContext, decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import type { StoredRequest } from '../ground/ports.ts';
import { readCatalogue } from '../ground/store-settings.ts';
import type { ImportContext } from './import-context.ts';

/** What one form does to the requests there are. */
export type Intake =
  | { readonly kind: 'new'; readonly form: OneFormContent }
  | { readonly kind: 'changed'; readonly stored: StoredRequest; readonly command: RequestCommand }
  | { readonly kind: 'unchanged' };

/** Sorts forms into new, changed and unchanged against the requests as they stand. Writes nothing. */
export function openIntake(context: ImportContext, takenAt: string | null) {
  const { access, imports } = context;
  const find = createEntryFinder(readCatalogue(access.settings));
  const newest = imports.newestTakenAt(['oneforms']);
  // What an older export says of a form that is already here was said before what is here.
  const undated = takenAt === null;
  const older = takenAt !== null && newest !== null && takenAt < newest;
  const read = (form: OneFormContent): Reading => {
    const entry = find(form.accessAsTyped);
    const person = access.who.personOf(form.beneficiary.number);
    const present = person.kind === 'person' ? access.who.presentOf(person.key) : null;
    return {
      urp: entry.kind === 'found' ? entry.entry.name : null,
      authorisationNeeded: entry.kind !== 'found' || !entry.entry.everyone,
      beneficiary: present?.employeeNumber ?? null,
      personId: present !== null && person.kind === 'person' ? personIdOf(person.key) : null,
    };
  };
  const requests = openReferences(access);
  const same = openSamePerson(access);
  let heldBack = 0;
  return {
    read,
    older,
    heldBack: () => heldBack,
    judge: (received: OneFormContent): Intake => {
      const stored = requests.find(received.reference);
      if (stored === null) return { kind: 'new', form: received };
      const latest = latestVersion(stored.request);
      const form = { ...spelledAs(latest.form, received, same), reference: stored.request.form.reference };
      const reading = readAgain(latest, form, read(form));
      if (saysTheSame(latest, form, reading)) return { kind: 'unchanged' };
      const command = { kind: 'reviseForm', form, ...reading } as const;
      // Whether anything changed is the domain's to say in the end; who asks makes no difference to that.
      if (!decide(stored.request, command, NOBODY).ok) return { kind: 'unchanged' };
      if (!older && !(undated && isEarlierVersion(context, stored, form, same))) {
        return { kind: 'changed', stored, command };
      }
      heldBack += 1;
      return { kind: 'unchanged' };
    },
  };
}

const UNASKED: PersonAnswer = { kind: 'unknown', why: 'Nobody asks.' };
const NOBODY: DecisionContext = {
  actor: { userId: '', employeeNumber: null },
  now: '1970-01-01T00:00:00.000Z',
  who: { written: () => UNASKED, matched: () => UNASKED, account: () => UNASKED },
};

/** A file that does not say its age and repeats an earlier version is an old file, not a form changed back. */
function isEarlierVersion(
  { access }: ImportContext,
  { request }: StoredRequest,
  form: OneFormContent,
  same: SameNumber,
): boolean {
  return access.requests
    .versions(request.id)
    .some((one) => formDifference(one.form, spelledAs(one.form, form, same)).length === 0);
}

/** Requests by their reference however it is spelled; the spelling itself first, should there be two. */
function openReferences({ requests }: ImportContext['access']) {
  let known: Map<string, string> | null = null;
  return {
    find: (reference: string): StoredRequest | null => {
      const exact = requests.byReference(reference);
      if (exact !== null) return exact;
      if (known === null) {
        known = new Map();
        for (const one of requests.references()) {
          const key = referenceKey(one);
          if (!known.has(key)) known.set(key, one);
        }
      }
      const spelled = known.get(referenceKey(reference));
      return spelled === undefined ? null : requests.byReference(spelled);
    },
  };
}

/** One person's, where the register knows whose number it is: a number that lost its zeros is read by who is there. */
function openSamePerson({ who }: ImportContext['access']): SameNumber {
  return (a, b) => {
    if (a.replace(/^\D*0+/, '') !== b.replace(/^\D*0+/, '')) return false;
    const [one, other] = [who.personOf(a), who.personOf(b)];
    return one.kind === 'person' && other.kind === 'person' && one.key === other.key;
  };
}

/** An officer's own match stays while the form names the same number. */
function saysTheSame(latest: FormVersion & Reading, form: OneFormContent, reading: Reading): boolean {
  const alike = reading.urp === latest.urp && (latest.beneficiary !== null || reading.beneficiary === null);
  return alike && formDifference(latest.form, form).length === 0;
}

export type Reading = Pick<FormVersion, 'urp' | 'authorisationNeeded'> & Matched;

/** The version that came last, taken up or waiting, with what it was read as. */
function latestVersion(request: AccessRequest): FormVersion & Reading {
  const { beneficiary, personId = null } = request.progress;
  return request.waiting ?? { ...request, beneficiary, personId };
}

/** The same words keep the meaning they were given, by the catalogue then or by an officer: a file that repeats them adds nothing. */
function readAgain(latest: FormVersion & Reading, form: OneFormContent, anew: Reading): Reading {
  const { urp, authorisationNeeded } = latest;
  return urp !== null && form.accessAsTyped === latest.form.accessAsTyped
    ? { ...anew, urp, authorisationNeeded }
    : anew;
}
