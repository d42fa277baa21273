/**
 * Separation of duty: nobody stands on both sides of one item (design: "nobody may be requester and authoriser, or
 * authoriser and actioner, or actioner and reviewer"). People are compared by ESR employee number.
 */

/** `except`: the Caldicott Guardian decides on an exception (5.1.1). */
export type SeparationStep = 'authorise' | 'except' | 'approve' | 'key';
export type Duty = 'requester' | 'beneficiary' | 'authoriser' | 'guardian' | 'approver' | 'actioner';

/** ESR employee or assignment numbers; null = not known. */
export type DutyHolders = Readonly<Record<Duty, string | null>>;

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

const UNKNOWN: Readonly<Record<Duty, readonly [sentence: string, nextAction: string]>> = {
  requester: [
    "The form does not give the requester's ESR number.",
    'return the form and ask for the number.',
  ],
  beneficiary: ['The form is not matched to anybody in the register.', 'match it to a person first.'],
  authoriser: [
    'The form does not say, by ESR number, who authorised it.',
    "return the form and ask for the line manager's number.",
  ],
  guardian: [
    "The Caldicott Guardian's account has no ESR employee number, so nobody can tell whose duty it is.",
    'ask the system owner to add the number to the account.',
  ],
  approver: [
    "The approver's account has no ESR employee number, so nobody can tell whose duty it is.",
    'ask the system owner to add the number to the account.',
  ],
  actioner: [
    'The account that keys has no ESR employee number, so nobody can tell whose duty it is.',
    'ask the system owner to add the number to the account.',
  ],
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
    .filter((duty) => concerned(duty) && numberOf(people[duty]) === null)
    .map(unknownPerson);
  const same = RULES.filter(({ pair, from }) => {
    if (STEP_ORDER[from] > STEP_ORDER[step]) return false;
    return samePerson(people[pair[0]], people[pair[1]]);
  }).map(onBothSides);
  return [...same, ...unknown];
}

/** Employee number without the suffix of a later post (`10000001-2` → `10000001`): one person, however cited. */
export function personNumber(number: string): string {
  return number.trim().replace(/-\d+$/, '');
}

/** One person? Spreadsheets drop leading zeros, so those do not tell two people apart. Unknown is never the same. */
export function samePerson(a: string | null, b: string | null): boolean {
  const first = numberOf(a);
  return first !== null && first === numberOf(b);
}

function numberOf(number: string | null): string | null {
  return number === null ? null : personNumber(number).replace(/^0+/, '') || null;
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

function unknownPerson(duty: Duty): SeparationRefusal {
  const [sentence, nextAction] = UNKNOWN[duty];
  return { code: 'PERSON_UNKNOWN', duties: [duty], sentence, clause: 'Separation of duty', nextAction };
}
