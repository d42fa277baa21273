/**
 * Where the 12 digits of an NHS smartcard stand in a certificate's subject: `O=nhs,OU=People,CN=^(\d{12})$`.
 *
 * The pattern is a small part of regular expressions on purpose: it is typed by an owner and met by whatever a card holds, so
 * nothing in it can take long (no group but the one of the digits, so no quantifier in a quantifier), and it must be fixed at both
 * ends, so that 12 digits inside a longer number are nobody's.
 */
export interface SubjectRule {
  readonly fixed: readonly { readonly type: string; readonly value: string }[];
  /** OID of the attribute that holds the digits. */
  readonly type: string;
  readonly pattern: RegExp;
}

export interface SubjectAttribute {
  /** OID, dotted. */
  readonly type: string;
  /** Null where its bytes are no text of a kind that is read. */
  readonly value: string | null;
  /** It shares its step of the name with another attribute (`CN=a+OU=b`). */
  readonly shared: boolean;
}

export type SubjectReading =
  | { readonly uuid: string }
  | { readonly uuid: null; readonly why: 'no-match' | 'twice' | 'hostile' };

/** Longer than any name in use; a subject beyond it is not looked at. */
export const LONGEST_VALUE = 256;
export const MOST_ATTRIBUTES = 40;
const LONGEST_RULE = 300;

/** Short names by which a rule may call an attribute (RFC 4519); any other by its number. */
export const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  TITLE: '2.5.4.12',
  GN: '2.5.4.42',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
};

/** The rule, or one sentence that says what is wrong with it. */
export function parseSubjectRule(
  text: string,
): { readonly rule: SubjectRule } | { readonly problem: string } {
  if (text.length > LONGEST_RULE) {
    return problem(`The rule is longer than ${LONGEST_RULE} characters. Shorten it.`);
  }
  const fixed: { type: string; value: string }[] = [];
  let rest = text.trim();
  for (;;) {
    const found = /^\s*([A-Za-z]+|\d+(?:\.\d+)+)\s*=/.exec(rest);
    const name = found?.[1];
    if (!found || name === undefined) {
      return problem(
        'The rule has a part that is not TYPE=value. Write it like O=nhs,OU=People,CN=^(\\d{12})$.',
      );
    }
    const type = /^\d/.test(name) ? name : ATTRIBUTE_NAMES[name.toUpperCase()];
    if (type === undefined) {
      return problem(
        'The rule names an attribute that is not known. Use CN, O, OU, UID, serialNumber or its number.',
      );
    }
    rest = rest.slice(found[0].length);
    const comma = rest.indexOf(',');
    if (rest.trimStart().startsWith('^') || comma < 0) {
      const read = readPattern(rest.trim());
      return 'problem' in read ? read : { rule: { fixed, type, pattern: read.pattern } };
    }
    const value = rest.slice(0, comma).trim();
    if (value === '') return problem('The rule has a part without a value. Give it one or take it out.');
    fixed.push({ type, value });
    rest = rest.slice(comma + 1);
  }
}

const DIGITS = '(?:\\\\d|\\[0-9\\])';
const GROUP = new RegExp(`\\(${DIGITS}\\{12\\}\\)`);
/** One thing to match: a plain character, an escaped mark, a digit, a simple range, or any character. */
const ATOM = String.raw`(?:[A-Za-z0-9 _/@:;#'~!%&<>"=,-]|\\[.\-+*?^$()\[\]{}|\\/]|\\d|\[[A-Za-z0-9-]+\]|\.)`;
const TIMES = String.raw`(?:[*+?]|\{\d{1,2}(?:,\d{1,2})?\})?`;
const SIDE = new RegExp(`^(?:${ATOM}${TIMES})*$`);
/** Each open-ended repeat can multiply the work by the length of the value: two cannot hurt, ten can. */
const MOST_REPEATS = 2;

function readPattern(text: string): { readonly pattern: RegExp } | { readonly problem: string } {
  if (!text.startsWith('^') || !text.endsWith('$') || text.length < 3) {
    return problem('The pattern is not fixed at both ends. Begin it with ^ and end it with $.');
  }
  const inner = text.slice(1, -1);
  const group = GROUP.exec(inner);
  if (!group) {
    return problem('The pattern has no group of 12 digits. Mark where they stand with (\\d{12}).');
  }
  const sides = [inner.slice(0, group.index), inner.slice(group.index + group[0].length)];
  if (sides.some((side) => /(?:^|[^\\])\(/.test(side))) {
    return problem('The pattern has more than one group. Keep the one of the 12 digits only.');
  }
  if (!sides.every((side) => SIDE.test(side))) {
    return problem(
      'The pattern uses something this rule does not read. Use plain text, \\d, [A-Z], . and a simple repeat around (\\d{12}).',
    );
  }
  if (sides.flatMap(openRepeats).length > MOST_REPEATS) {
    return problem(
      `The pattern has more than ${MOST_REPEATS} open repeats. Say more exactly what stands around the digits.`,
    );
  }
  try {
    return { pattern: new RegExp(`^${sides[0]}([0-9]{12})${sides[1]}$`, 'd') };
  } catch {
    return problem('The pattern cannot be read. Write it like ^(\\d{12})$.');
  }
}

function openRepeats(side: string): readonly string[] {
  const repeats = [...side.matchAll(new RegExp(`${ATOM}(${TIMES})`, 'g'))].map((match) => match[1] ?? '');
  return repeats.filter((repeat) => repeat !== '' && !/^\{\d+\}$/.test(repeat));
}

/**
 * The 12 digits, only where no other reading is possible: the attribute stands in the subject once, alone in its step, holds nothing
 * unseen (control, direction and other format characters), and every fixed part is there, letter for letter.
 */
export function readUuid(rule: SubjectRule, subject: readonly SubjectAttribute[]): SubjectReading {
  if (subject.length > MOST_ATTRIBUTES) return { uuid: null, why: 'hostile' };
  const types = new Set([rule.type, ...rule.fixed.map((part) => part.type)]);
  const looked = subject.filter((one) => types.has(one.type));
  if (looked.some(isHostile)) return { uuid: null, why: 'hostile' };
  if (!rule.fixed.every((part) => looked.some((one) => one.type === part.type && one.value === part.value))) {
    return { uuid: null, why: 'no-match' };
  }
  const holders = looked.filter((one) => one.type === rule.type);
  if (holders.length > 1) return { uuid: null, why: 'twice' };
  const value = holders[0]?.value ?? '';
  const match = rule.pattern.exec(value);
  const place = match?.indices?.[1];
  const uuid = match?.[1];
  if (!place || uuid === undefined) return { uuid: null, why: 'no-match' };
  // Twelve of sixteen digits name somebody else.
  const around = `${value[place[0] - 1] ?? ''}${value[place[1]] ?? ''}`;
  return /\d/.test(around) ? { uuid: null, why: 'no-match' } : { uuid };
}

function isHostile(one: SubjectAttribute): boolean {
  return one.shared || one.value === null || one.value.length > LONGEST_VALUE || hasUnseen(one.value);
}

/** Control, format (direction marks, zero width, byte order mark), surrogate, private and unassigned; line and paragraph ends. */
export function hasUnseen(text: string): boolean {
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

function problem(sentence: string): { readonly problem: string } {
  return { problem: sentence };
}
