/**
 * Separation of duty: nobody stands on both sides of one item (design: "nobody may be requester and authoriser, or
 * authoriser and actioner, or actioner and reviewer"). People are compared, never the spelling of a number: somebody has several
 * numbers and accounts (domain.md, Identifiers).
 */
import { comparePeople, type PersonAnswer } from '../people/person-key.ts';

/** `except`: the Caldicott Guardian decides on an exception (5.1.1). */
export type SeparationStep = 'authorise' | 'except' | 'approve' | 'key';
export type Duty = 'requester' | 'beneficiary' | 'authoriser' | 'guardian' | 'approver' | 'actioner';

/** Null = nobody is named. */
export type DutyHolders = Readonly<Record<Duty, PersonAnswer | null>>;

export interface SeparationRefusal {
  readonly code: 'SAME_PERSON' | 'PERSON_UNKNOWN';
  readonly duties: readonly Duty[];
  readonly sentence: string;
  readonly clause: string;
  readonly nextAction: string;
}

export interface SeparationQuestion {
  readonly step: SeparationStep;
  readonly people: DutyHolders;
  /** False for access that clause 5.1.1 gives to all staff, and for an exception: then no authoriser is expected. Default true. */
  readonly authorisationNeeded?: boolean;
}

interface Rule {
  readonly pair: readonly [Duty, Duty];
  /** The first step at which both are known; it is asked again at every later one. */
  readonly from: SeparationStep;
  readonly sentence: string;
}

/** Requester and beneficiary may be one person: staff may ask for themselves, and their manager decides. */
const RULES: readonly Rule[] = [
  {
    pair: ['requester', 'authoriser'],
    from: 'authorise',
    sentence: 'The person who asked for the access also authorised it.',
  },
  {
    pair: ['beneficiary', 'authoriser'],
    from: 'authorise',
    sentence: 'The person who would get the access authorised it.',
  },
  {
    pair: ['requester', 'guardian'],
    from: 'except',
    sentence: 'The person who asked for the access may not decide on the exception.',
  },
  {
    pair: ['beneficiary', 'guardian'],
    from: 'except',
    sentence: 'The person who would get the access may not decide on the exception.',
  },
  {
    pair: ['authoriser', 'guardian'],
    from: 'except',
    sentence: 'The line manager who authorised the access may not also decide on the exception.',
  },
  {
    pair: ['requester', 'approver'],
    from: 'approve',
    sentence: 'The person who asked for the access may not approve it.',
  },
  {
    pair: ['beneficiary', 'approver'],
    from: 'approve',
    sentence: 'The person who would get the access may not approve it.',
  },
  {
    pair: ['authoriser', 'approver'],
    from: 'approve',
    sentence: 'The line manager who authorised the access may not also approve it.',
  },
  {
    pair: ['guardian', 'approver'],
    from: 'approve',
    sentence: 'The Caldicott Guardian who made the exception may not also approve the access.',
  },
  {
    pair: ['requester', 'actioner'],
    from: 'key',
    sentence: 'The person who asked for the access may not key it.',
  },
  {
    pair: ['beneficiary', 'actioner'],
    from: 'key',
    sentence: 'The person who would get the access may not key it.',
  },
  {
    pair: ['authoriser', 'actioner'],
    from: 'key',
    sentence: 'The line manager who authorised the access may not also key it.',
  },
  {
    pair: ['guardian', 'actioner'],
    from: 'key',
    sentence: 'The Caldicott Guardian who made the exception may not also key the access.',
  },
  {
    pair: ['approver', 'actioner'],
    from: 'key',
    sentence: 'The person who approved the access may not also key it.',
  },
];

const STEP_ORDER: Readonly<Record<SeparationStep, number>> = { authorise: 0, except: 1, approve: 2, key: 3 };
const STEP_OF: Readonly<Record<'authoriser' | 'guardian' | 'approver' | 'actioner', SeparationStep>> = {
  authoriser: 'authorise',
  guardian: 'except',
  approver: 'approve',
  actioner: 'key',
};

/** Said where nobody is named, before the reason why somebody who is named is not known, and what to do about either. */
const UNKNOWN: Readonly<Record<Duty, readonly [unnamed: string, lead: string, nextAction: string]>> = {
  requester: [
    "The form does not give the requester's ESR number.",
    'Nobody can tell who asked for the access.',
    'return the form and ask for the number.',
  ],
  beneficiary: [
    'The form is not matched to anybody in the register.',
    'Nobody can tell who would get the access.',
    'match it to a person first.',
  ],
  authoriser: [
    'The form does not say, by ESR number, who authorised it.',
    'Nobody can tell who authorised the access.',
    "return the form and ask for the line manager's number.",
  ],
  guardian: [
    "The Caldicott Guardian's account has no ESR employee number, so nobody can tell whose duty it is.",
    'Nobody can tell who the Caldicott Guardian is.',
    'ask the system owner to mend the employee number of the account.',
  ],
  approver: [
    "The approver's account has no ESR employee number, so nobody can tell whose duty it is.",
    'Nobody can tell who approves the access.',
    'ask the system owner to mend the employee number of the account.',
  ],
  actioner: [
    'The account that keys has no ESR employee number, so nobody can tell whose duty it is.',
    'Nobody can tell who keys the access.',
    'ask the system owner to mend the employee number of the account.',
  ],
};

const DUTY_WORDS: Readonly<Record<Duty, string>> = {
  requester: 'whoever asked for the access',
  beneficiary: 'whoever would get it',
  authoriser: 'whoever authorised it',
  guardian: 'the Caldicott Guardian',
  approver: 'whoever approves it',
  actioner: 'whoever keys it',
};

/**
 * Everything that stands against the step, in plain English; empty when it may go ahead. Somebody unknown is a refusal
 * too: what cannot be compared has not been separated.
 */
export function separationOfDuty(question: SeparationQuestion): readonly SeparationRefusal[] {
  const { step, people, authorisationNeeded = true } = question;
  const concerned = (duty: Duty): boolean => {
    if (duty === 'requester' || duty === 'beneficiary') return true;
    if (duty === 'authoriser' && !authorisationNeeded) return people.authoriser !== null;
    // Most requests need no exception, so none is expected of a later step.
    if (duty === 'guardian' && step !== 'except') return people.guardian !== null;
    return STEP_ORDER[STEP_OF[duty]] <= STEP_ORDER[step];
  };
  const unknown = (Object.keys(UNKNOWN) as Duty[])
    .filter((duty) => concerned(duty) && people[duty]?.kind !== 'person')
    .map((duty) => unknownPerson(duty, people[duty]));
  const pairs = RULES.flatMap((rule) => {
    const [a, b] = rule.pair.map((duty) => people[duty]);
    // Somebody unknown is said once, above, and not once more for each pair.
    if (STEP_ORDER[rule.from] > STEP_ORDER[step] || a?.kind !== 'person' || b?.kind !== 'person') return [];
    const sameness = comparePeople(a, b);
    if (sameness === 'different') return [];
    return [sameness === 'same' ? onBothSides(rule) : notToldApart(rule)];
  });
  return [...pairs, ...unknown];
}

function onBothSides(rule: Rule): SeparationRefusal {
  const byManager = rule.from === 'authorise';
  return {
    code: 'SAME_PERSON',
    duties: rule.pair,
    sentence: rule.sentence,
    clause: byManager ? '5.1.1' : 'Separation of duty',
    nextAction: byManager
      ? 'return the form and ask for the authorisation of a line manager who did not ask for it and does not get it.'
      : 'leave it to a colleague who has had no part in it.',
  };
}

/** ESR gives both one smartcard or NHS unique id: one person, or two of whom one has the other's. */
function notToldApart({ pair }: Rule): SeparationRefusal {
  const [a, b] = pair;
  return {
    code: 'PERSON_UNKNOWN',
    duties: pair,
    sentence: `In ESR, ${DUTY_WORDS[a]} and ${DUTY_WORDS[b]} cannot be told apart: both have one smartcard, NHS unique id or account.`,
    clause: 'Separation of duty',
    nextAction: 'ask HR to mend the record in ESR, then import the next GO file.',
  };
}

function unknownPerson(duty: Duty, answer: PersonAnswer | null): SeparationRefusal {
  const [unnamed, lead, nextAction] = UNKNOWN[duty];
  const sentence = answer?.kind === 'unknown' ? `${lead} ${answer.why}` : unnamed;
  return { code: 'PERSON_UNKNOWN', duties: [duty], sentence, clause: 'Separation of duty', nextAction };
}
