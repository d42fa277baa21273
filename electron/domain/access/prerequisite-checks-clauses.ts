/** What clauses 5.1.1 to 5.1.4 and 5.3 ask for: the line manager, the smartcard, the hierarchy and the AS number. */
import { londonDate, showDate } from '../dates.ts';
import { surelySame } from '../people/person-key.ts';
import { ASK_PRESENT_MANAGER, whyAuthorisesNothing } from './authoriser-standing.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { postsAsked } from './posts-asked.ts';
import type {
  AuthorisationFacts,
  NamedPerson,
  Prerequisite,
  PrerequisiteFacts,
} from './prerequisite-facts.ts';
import {
  capital,
  fromExtract,
  fromForm,
  holds,
  list,
  missing,
  neverImported,
  warning,
} from './prerequisite-results.ts';
import { separationOfDuty } from './separation.ts';

/** 5.1.1 gives some access to all staff without anybody's authorisation; an unknown one always needs it. */
function authorisationNeeded(entry: CatalogueEntry | null): boolean {
  return !entry?.everyone;
}

/** The clause that asks for the line manager: 5.1.3 and 5.1.4 name it, 5.1.1 asks it of all other access. */
function managerClause(entry: CatalogueEntry | null): string {
  return entry?.clause === '5.1.3' || entry?.clause === '5.1.4' ? entry.clause : '5.1.1';
}

export function checkAuthorised(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry, authorisation } = facts.request;
  if (!authorisationNeeded(entry)) return null;
  const ground = {
    id: 'authorised',
    title: "Line manager's authorisation",
    clause: managerClause(entry),
    source: fromForm(facts),
  } as const;
  if (!authorisation || (authorisation.employeeNumber === null && authorisation.name === null)) {
    return missing(
      ground,
      "the form carries no line manager's authorisation.",
      'return the form and ask the line manager to authorise it.',
    );
  }
  const who = nameOf(authorisation);
  if (authorisation.on === null) {
    return missing(
      ground,
      `the form does not say when ${who} authorised it.`,
      'return the form and ask for the date.',
    );
  }
  const nothing = whyAuthorisesNothing(facts);
  if (nothing !== null) return missing(ground, lowerFirst(nothing), ASK_PRESENT_MANAGER);
  const day = authorisation.on.length > 10 ? londonDate(authorisation.on) : authorisation.on;
  if (day > facts.today) {
    const fact = `the authorisation by ${who} is dated ${showDate(day)}, which has not come yet.`;
    return missing(ground, fact, 'return the form and ask for the right date.');
  }
  return holds(ground, `${capital(who)} authorised it on ${showDate(day)}.`);
}

export function checkAuthorisedByManager(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry, authorisation } = facts.request;
  if (!authorisationNeeded(entry) || !authorisation) return null;
  const ground = {
    id: 'authorised-by-manager',
    title: 'Authorised by the manager ESR shows',
    clause: managerClause(entry),
    source: fromExtract(facts, 'register'),
  } as const;
  if (!facts.sources.register) return neverImported(ground, 'register');
  if (authorisation.employeeNumber === null) {
    return missing(
      ground,
      `the form names ${nameOf(authorisation)} without an ESR number, so it cannot be compared with ESR.`,
      "return the form and ask for the line manager's number.",
    );
  }
  const managers = managersOf(facts);
  const authoriser = facts.who(authorisation.employeeNumber);
  const agreed = managers.find(({ employeeNumber }) => surelySame(facts.who(employeeNumber), authoriser));
  if (agreed) return holds(ground, `ESR shows ${agreed.name} as ${list(agreed.as)}.`);
  if (managers.length === 0) {
    const fact = 'ESR shows no supervisor or line manager for this person.';
    return missing(ground, fact, 'ask HR to correct ESR, then import the next GO file.');
  }
  const shown = list(managers.map(({ name, as }) => `${name} (${list(as)})`));
  return missing(
    ground,
    `${nameOf(authorisation)} authorised it, and ESR shows ${shown}.`,
    `ask ${list(
      managers.map(({ name }) => name),
      'or',
    )} to authorise it, or ask HR to correct ESR.`,
  );
}

interface Manager extends NamedPerson {
  readonly as: readonly string[];
}

/** Everybody ESR names above the posts that are asked about, once each: several posts may have different managers. */
function managersOf(facts: PrerequisiteFacts): readonly Manager[] {
  const found = new Map<string, Manager>();
  for (const { supervisor, lineManager } of postsAsked(facts)) {
    for (const [who, as] of [
      [supervisor, 'supervisor'],
      [lineManager, 'line manager'],
    ] as const) {
      if (!who) continue;
      const before = found.get(who.employeeNumber)?.as ?? [];
      found.set(who.employeeNumber, { ...who, as: before.includes(as) ? before : [...before, as] });
    }
  }
  return [...found.values()];
}

function nameOf(authorisation: AuthorisationFacts): string {
  return (
    authorisation.name ??
    (authorisation.employeeNumber ? `employee ${authorisation.employeeNumber}` : 'somebody')
  );
}

export function checkSeparation(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry, authorisation, requester, beneficiary } = facts.request;
  if (!authorisationNeeded(entry) || authorisation?.employeeNumber == null) return null;
  const people = {
    requester: requester === null || requester.trim() === '' ? null : facts.who(requester),
    beneficiary: beneficiary === null ? null : facts.who(beneficiary),
    authoriser: facts.who(authorisation.employeeNumber),
    guardian: null,
    approver: null,
    actioner: null,
  };
  const refusal = separationOfDuty({ step: 'authorise', people })[0];
  const ground = {
    id: 'separation',
    title: 'Authorised by somebody else than the one who asks or gets it',
    clause: refusal?.clause ?? managerClause(entry),
    source: fromForm(facts),
  } as const;
  if (!refusal) return holds(ground, 'The authoriser neither asked for the access nor gets it.');
  return missing(ground, lowerFirst(refusal.sentence), refusal.nextAction);
}

export function checkSmartcard(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry } = facts.request;
  if (!entry?.needsSmartcard) return null;
  const ground = {
    id: 'smartcard',
    title: 'Smartcard or virtual smartcard',
    clause: entry.clause === '5.1.2' ? '5.1.2, 5.3' : '5.3',
    source: fromExtract(facts, 'register'),
  } as const;
  if (!facts.sources.register) return neverImported(ground, 'register');
  if (facts.person?.hasSmartcard) return holds(ground, 'ESR shows a smartcard for this person.');
  return missing(
    ground,
    `ESR shows no smartcard for this person, and ${entry.name} needs one.`,
    'ask the Registration Authority to issue one, or to link it to ESR.',
  );
}

export function checkHierarchy(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry } = facts.request;
  if (!entry?.needsHierarchy) return null;
  const placeIsEnough = entry.hierarchyNeed === 'place';
  const ground = {
    id: 'hierarchy',
    title: placeIsEnough
      ? 'A place in the supervisor hierarchy'
      : 'Direct reports in the supervisor hierarchy',
    clause: '5.1.3',
    source: fromExtract(facts, 'register'),
  } as const;
  if (!facts.sources.register) return neverImported(ground, 'register');
  const assignments = postsAsked(facts);
  const reports = assignments.reduce((sum, { directReports }) => sum + directReports, 0);
  if (reports > 0)
    return holds(ground, `ESR shows ${reports} direct ${reports === 1 ? 'report' : 'reports'}.`);
  if (placeIsEnough) {
    const placed = assignments.find(({ supervisor }) => supervisor !== null);
    if (placed) return holds(ground, `ESR shows a place under ${placed.supervisor?.name ?? 'a supervisor'}.`);
    const fact = 'ESR shows neither a supervisor nor direct reports for this person.';
    return missing(
      ground,
      fact,
      'ask for a place in the supervisor hierarchy, then import the next GO file.',
    );
  }
  return missing(
    ground,
    'nobody reports to this person in ESR, so the access would show nothing.',
    'ask for the staff to be placed under this person in the supervisor hierarchy, then import the next GO file.',
  );
}

export function checkAsNumber(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry, beneficiary } = facts.request;
  if (!entry?.needsAsNumber) return null;
  const ground = {
    id: 'as-number',
    title: 'AS number from Finance',
    clause: '5.1.4',
    source: fromExtract(facts, 'asNumbers'),
  } as const;
  if (!facts.sources.asNumbers) return neverImported(ground, 'asNumbers');
  const holder = facts.who(beneficiary);
  const own = facts.asNumbers.filter(({ employeeNumber }) => surelySame(facts.who(employeeNumber), holder));
  const first = own[0];
  if (!first) return missing(ground, 'Finance has not issued an AS number.', 'ask Finance for one.');
  const posts = new Set(postsAsked(facts).map(({ positionNumber }) => positionNumber));
  const fits = own.find(({ positionNumber }) => positionNumber !== null && posts.has(positionNumber));
  if (fits)
    return holds(ground, `Finance issued AS number ${fits.asNumber} for post ${fits.positionNumber}.`);
  const open = own.find(({ positionNumber }) => positionNumber === null);
  if (open) {
    const fact = `Finance issued AS number ${open.asNumber} and does not say for which post.`;
    return warning(ground, fact, 'ask Finance whether it is for the present post.');
  }
  return missing(
    ground,
    `AS number ${first.asNumber} was issued for another post (${first.positionNumber}).`,
    'ask Finance to re-verify it for the present post.',
  );
}

/** A sentence after “Cannot be granted yet:”; a name keeps its capital. */
function lowerFirst(text: string): string {
  return /^(The|In|Nobody) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
