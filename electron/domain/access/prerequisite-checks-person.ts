/** Who is asking for what: in post (5.1.1), access the catalogue knows, and not held already. */
import { showDate } from '../dates.ts';
import type { PostRemark } from '../people/posts.ts';
import { isOver, longest } from './effective-access.ts';
import { noSuchPost } from './posts-asked.ts';
import type { PersonFacts, Prerequisite, PrerequisiteFacts } from './prerequisite-facts.ts';
import {
  fromExtract,
  fromForm,
  holds,
  list,
  missing,
  neverImported,
  warning,
} from './prerequisite-results.ts';

export function checkAccessKnown(facts: PrerequisiteFacts): Prerequisite {
  const { entry, couldBe, accessAsTyped } = facts.request;
  const ground = {
    id: 'access-known',
    title: 'The access asked for is in the catalogue',
    clause: entry?.clause ?? '5.1.1',
    source: fromForm(facts),
  } as const;
  if (entry) return holds(ground, `The form asks for ${entry.name}.`);
  const asked = accessAsTyped.trim();
  if (asked === '')
    return missing(ground, 'the form does not say which access is wanted.', 'return the form and ask.');
  if (couldBe.length > 1) {
    const fact = `“${asked}” could mean ${list(couldBe, 'or')}.`;
    return missing(ground, fact, 'return the form and ask which is meant.');
  }
  return missing(
    ground,
    `the catalogue has no access called “${asked}”.`,
    'return the form and ask for the name as ESR shows it, or ask the system owner to add it to the catalogue.',
  );
}

export function checkInPost(facts: PrerequisiteFacts): Prerequisite {
  const ground = {
    id: 'in-post',
    title: 'One of our staff, and in post',
    clause: '5.1.1',
    source: fromExtract(facts, 'register'),
  } as const;
  const { person, today } = facts;
  if (!facts.sources.register) return neverImported(ground, 'register');
  if (!person) {
    return missing(
      ground,
      'nobody in the register has the number on the form.',
      'match the form to a person, or import a newer GO file.',
    );
  }
  const reason = notInPost(person, today);
  if (reason) return missing(ground, reason.fact, reason.nextAction);
  const said = saidOf(person);
  const noPost = noSuchPost(facts);
  if (noPost !== null)
    return missing(ground, noPost, 'return the form and ask for which post the access is.');
  if (person.terminatedOn !== null) {
    const leaves = `${person.name} is in post and leaves on ${showDate(person.terminatedOn)}.`;
    const fact = said === null ? leaves : `${said} ${leaves}`;
    return warning(ground, fact, 'give the access an end date no later than that.');
  }
  if (said !== null) {
    return warning(ground, said, 'ask the line manager and HR whether the access may be given now.');
  }
  return holds(ground, `${person.name} is in post.`);
}

const SAID_WORDS: Readonly<Record<PostRemark['kind'], string>> = {
  suspended: 'suspended',
  seconded: 'seconded',
  'long-absent': 'away for a long time',
};

/** Suspension, secondment and long absence end no post, so they warn; with several posts each is said with its number. */
function saidOf({ name, assignments }: PersonFacts): string | null {
  const told = assignments.flatMap(({ remark, assignmentNumber }) => {
    if (!remark) return [];
    const where = assignments.length > 1 ? ` in post ${assignmentNumber}` : '';
    return [`${SAID_WORDS[remark.kind]}${where} (ESR says “${remark.words}”)`];
  });
  return told.length === 0 ? null : `${name} is in post, and ${list(told)}.`;
}

/** Signals in the order of their weight; the last day of employment still counts as in post. */
export function notInPost(person: PersonFacts, today: string): { fact: string; nextAction: string } | null {
  const exception = 'close the request; only the Caldicott Guardian may decide an exception.';
  if (person.startsOn !== null && person.startsOn > today) {
    const day = showDate(person.startsOn);
    return { fact: `${person.name} starts on ${day}.`, nextAction: `look again on ${day}.` };
  }
  if (person.terminatedOn !== null && person.terminatedOn < today) {
    return { fact: `${person.name} left on ${showDate(person.terminatedOn)}.`, nextAction: exception };
  }
  if (person.personType?.toUpperCase().startsWith('EX')) {
    return {
      fact: `ESR shows ${person.name} as a former employee (${person.personType}).`,
      nextAction: exception,
    };
  }
  if (person.assignments.length === 0 && person.noPost) {
    return {
      fact: `ESR shows that ${person.name} ${person.noPost}.`,
      nextAction: 'ask HR to correct ESR, or close the request.',
    };
  }
  if (!person.current || person.assignments.length === 0) {
    return {
      fact: `ESR shows no current post for ${person.name}.`,
      nextAction: 'ask HR to correct ESR, or close the request.',
    };
  }
  return null;
}

export function checkNotAlreadyHeld(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry } = facts.request;
  if (!entry) return null;
  const ground = {
    id: 'not-already-held',
    title: 'Not held already',
    clause: entry.clause,
    source: fromExtract(facts, 'holdings'),
  } as const;
  if (!facts.sources.holdings) return neverImported(ground, 'holdings');
  const shown = facts.holdings.filter(({ urp }) => urp === entry.name);
  const working = shown.flatMap(({ works }) =>
    works !== null && !isOver(works, facts.today) ? [works] : [],
  );
  const held = longest(working);
  const lastDay = held?.lastDay ?? null;
  if (held && lastDay === null && !shown.some(({ unapproved }) => unapproved)) {
    const since = held.from ? ` since ${showDate(held.from)}` : '';
    return missing(
      ground,
      `ESR already shows ${entry.name} for this person${since}.`,
      'there is nothing to key, so close the request.',
    );
  }
  const other = sameAccessElsewhere(facts, entry.name);
  if (other) {
    const fact = `OneForm ${other.reference} is ${other.status === 'approved' ? 'approved' : 'keyed'} for ${entry.name} and this person already.`;
    return missing(ground, fact, 'close one of the two requests.');
  }
  if (lastDay !== null) {
    return warning(
      ground,
      `ESR already shows ${entry.name} for this person until ${showDate(lastDay)}.`,
      'change that end date in ESR to the one wanted, and add no second row.',
    );
  }
  if (held) {
    return warning(
      ground,
      `ESR already shows ${entry.name} for this person, and no approval here stands behind it.`,
      'approve it only if it may stay; then record it as keyed, with the dates that ESR shows.',
    );
  }
  const shut = shown.find(({ accountLastDay }) => accountLastDay !== null && accountLastDay < facts.today);
  if (!shut) return holds(ground, `ESR does not show ${entry.name} for this person.`);
  return warning(
    ground,
    `ESR shows ${entry.name} for this person in an account that ended on ${showDate(shut.accountLastDay ?? '')}, so it gives no access.`,
    'opening the account again opens all that still stands in it: end first what is not wanted.',
  );
}

/** Two approvals of one access would each take the other's keying for its own. */
function sameAccessElsewhere({ otherRequests = [], today }: PrerequisiteFacts, urp: string) {
  return otherRequests.find(
    (other) =>
      other.urp === urp &&
      other.status !== 'verified' &&
      !isOver({ from: null, lastDay: other.lastDay }, today),
  );
}
