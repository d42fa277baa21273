/**
 * Whose an ESR account may be: what ESR's own exports said of it, else whose name it fits. A proposal is never used before a person
 * confirms it: an extract that names accounts alone would prove something about the wrong person.
 */

export interface LikelyPerson {
  readonly employeeNumber: string;
  readonly name: string;
}

/** Somebody whom an export named; `name` null = nobody in the register has the number. */
export interface StatedPerson {
  readonly employeeNumber: string;
  readonly name: string | null;
}

/** What is known of one account. */
export interface AccountFacts {
  /** Whom exports that had both columns named with it, once each. */
  readonly stated: readonly StatedPerson[];
  /** When the latest of those exports was taken, as shown; null where it does not say. */
  readonly statedOn: string | null;
  /** Whose name it fits. */
  readonly fitting: readonly LikelyPerson[];
}

export interface AccountProposal {
  readonly person: LikelyPerson | null;
  /** Whether ESR itself said so. */
  readonly stated: boolean;
  /** One sentence. */
  readonly why: string;
}

export function proposeHolder({ stated, statedOn, fitting }: AccountFacts): AccountProposal {
  const [first, ...others] = stated;
  if (first && others.length === 0) {
    const when = statedOn === null ? '' : ` of ${statedOn}`;
    const { employeeNumber, name } = first;
    if (name === null) {
      const why = `ESR’s export${when} named ${employeeNumber} with this account, and nobody in the register has that number: import a newer GO file, or look it up in ESR.`;
      return { person: null, stated: false, why };
    }
    const why = `ESR’s export${when} named ${name} (${employeeNumber}) with this account.`;
    return { person: { employeeNumber, name }, stated: true, why };
  }
  if (first) {
    const names = stated
      .map(({ name, employeeNumber }) => (name === null ? employeeNumber : `${name} (${employeeNumber})`))
      .join(' and ');
    return {
      person: null,
      stated: false,
      why: `ESR’s exports named ${names} with this account: look it up in ESR.`,
    };
  }
  const [only, ...more] = fitting;
  if (only && more.length === 0) {
    return { person: only, stated: false, why: `The account’s name fits ${only.name} and nobody else.` };
  }
  const why = only
    ? 'The account’s name fits more than one person: look it up in ESR.'
    : 'No export named a person with it, and its name fits nobody: look it up in ESR.';
  return { person: null, stated: false, why };
}

/** `919AABLE01` → first letter and the beginning of a last name, either way round; empty where the name has another form. */
export function namesInUsername(
  username: string,
): readonly { readonly initial: string; readonly last: string }[] {
  const letters = /^\d{3}([A-Z]{3,})\d{2}$/.exec(username)?.[1];
  if (letters === undefined) return [];
  return [
    { initial: letters.slice(0, 1), last: letters.slice(1) },
    { initial: letters.slice(-1), last: letters.slice(0, -1) },
  ];
}
