import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ATTRIBUTE_NAMES,
  parseSubjectRule,
  readUuid,
  type SubjectAttribute,
  type SubjectRule,
} from './subject-rule.ts';

function ruleOf(text: string): SubjectRule {
  const parsed = parseSubjectRule(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.rule;
}
const at = (type: string, value: string | null): SubjectAttribute => ({
  type: ATTRIBUTE_NAMES[type] ?? type,
  value,
  shared: false,
});

test('never takes long, whatever the rule and the value', () => {
  const rule = fc.string({ unit: fc.constantFrom(...'ab.*+?{}1,[]()^$\\d|-'), maxLength: 60 });
  const value = fc.constantFrom('a'.repeat(256), '1'.repeat(256), `${'a1'.repeat(128)}`, '.'.repeat(256));
  fc.assert(
    fc.property(rule, value, (inner, cn) => {
      const parsed = parseSubjectRule(`CN=^${inner}(\\d{12})${inner}$`);
      const begun = performance.now();
      if ('rule' in parsed) readUuid(parsed.rule, [at('CN', cn)]);
      expect(performance.now() - begun).toBeLessThan(200);
    }),
    { numRuns: 2000 },
  );
});

test('the worst that is allowed is quick on the longest value', () => {
  const rule = ruleOf('CN=^.*.*(\\d{12})x$');
  const begun = performance.now();
  expect(readUuid(rule, [at('CN', '1'.repeat(256))])).toEqual({ uuid: null, why: 'no-match' });
  expect(performance.now() - begun).toBeLessThan(200);
});
