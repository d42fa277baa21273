import { ATTRIBUTE_NAMES, parseSubjectRule, readUuid, type SubjectAttribute } from './subject-rule.ts';

export type TriedRule = { readonly uuid: string } | { readonly uuid: null; readonly problem: string };

/**
 * What the rule reads from a subject that somebody typed, such as `O=nhs, OU=People, CN=300100000001`; else one sentence that says
 * why nothing is read. A card's own subject is read from its certificate (judge.ts), never from text.
 */
export function tryRule(rule: string, subject: string): TriedRule {
  const parsed = parseSubjectRule(rule);
  if ('problem' in parsed) return { uuid: null, problem: parsed.problem };
  const attributes: SubjectAttribute[] = [];
  // An attribute begins at its TYPE=: a comma inside a value is part of the value.
  for (const part of subject.split(/,(?=\s*(?:[A-Za-z]+|\d+(?:\.\d+)+)\s*=)/)) {
    const found = /^\s*([A-Za-z]+|\d+(?:\.\d+)+)\s*=(.*)$/.exec(part);
    const name = found?.[1] ?? '';
    const type = /^\d/.test(name) ? name : ATTRIBUTE_NAMES[name.toUpperCase()];
    if (found === null || type === undefined) {
      return {
        uuid: null,
        problem:
          'The example has a part that is not TYPE=value. Write it like O=nhs, OU=People, CN=300100000001.',
      };
    }
    attributes.push({ type, value: (found[2] ?? '').trim(), shared: false });
  }
  const read = readUuid(parsed.rule, attributes);
  return read.uuid === null ? { uuid: null, problem: WHY[read.why] } : read;
}

const WHY = {
  'no-match':
    'The rule finds no card number in this example. Compare its parts with the rule, letter for letter.',
  twice: 'The attribute that should hold the number stands in this example twice, so nothing is read.',
  hostile: 'The example is too long or holds characters that cannot be seen, so nothing is read.',
} as const;
