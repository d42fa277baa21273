import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ATTRIBUTE_NAMES,
  parseSubjectRule,
  readUuid,
  type SubjectAttribute,
  type SubjectRule,
} from './subject-rule.ts';

const USUAL = 'O=nhs,OU=People,CN=^(\\d{12})$';

function ruleOf(text: string): SubjectRule {
  const parsed = parseSubjectRule(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.rule;
}
const at = (type: string, value: string | null, shared = false): SubjectAttribute => ({
  type: ATTRIBUTE_NAMES[type] ?? type,
  value,
  shared,
});
const person = (cn: string | null): readonly SubjectAttribute[] => [
  at('O', 'nhs'),
  at('OU', 'People'),
  at('CN', cn),
];

describe('the rule', () => {
  test.each([
    USUAL,
    ' o=nhs , ou=People , cn=^(\\d{12})$ ',
    'CN=^([0-9]{12})$',
    '2.5.4.5=^NHS-(\\d{12})$',
    'CN=^(\\d{12}) .*$',
    'CN=^[A-Z]{1,4}, ?(\\d{12})$',
    'CN=^\\(x\\)(\\d{12})$',
  ])('is read: %s', (text) => {
    expect(parseSubjectRule(text)).toHaveProperty('rule');
  });

  test.each([
    ['', /TYPE=value/],
    ['(\\d{12})', /TYPE=value/],
    ['CN', /TYPE=value/],
    ['XY=^(\\d{12})$', /not known/],
    ['CN=(\\d{12})', /both ends/],
    ['CN=^(\\d{12})', /both ends/],
    ['CN=^(\\d{12})$,O=nhs', /both ends/],
    ['O=,CN=^(\\d{12})$', /without a value/],
    ['CN=^(\\d{11})$', /no group of 12 digits/],
    ['CN=^\\d{12}$', /no group of 12 digits/],
    ['CN=^((\\d{12}))$', /more than one group/],
    ['CN=^(a+)+(\\d{12})$', /more than one group/],
    ['CN=^(?=x)(\\d{12})$', /more than one group/],
    ['CN=^(\\d{12})+$', /does not read/],
    ['CN=^a|(\\d{12})$', /does not read/],
    ['CN=^a**(\\d{12})$', /does not read/],
    ['CN=^.*.*.*(\\d{12})$', /open repeats/],
    ['CN=^\\\\+\\\\+\\\\+(\\d{12})$', /open repeats/],
    ['CN=^\\d{0,9}\\d{0,9}\\d{0,9}(\\d{12})$', /open repeats/],
    ['CN=^[z-a](\\d{12})$', /cannot be read/],
    [`CN=^${'a'.repeat(300)}(\\d{12})$`, /longer than/],
  ])('is refused with its reason: %s', (text, sentence) => {
    expect(parseSubjectRule(text)).toEqual({ problem: expect.stringMatching(sentence) });
  });
});

describe('the 12 digits', () => {
  const rule = ruleOf(USUAL);

  test('are read from the usual subject', () => {
    expect(readUuid(rule, person('123456789012'))).toEqual({ uuid: '123456789012' });
  });

  test.each<[string, readonly SubjectAttribute[], string]>([
    ['no such attribute', [at('O', 'nhs'), at('OU', 'People')], 'no-match'],
    ['eleven digits', person('12345678901'), 'no-match'],
    ['thirteen digits', person('1234567890123'), 'no-match'],
    ['a line end after them', person('123456789012\n'), 'hostile'],
    ['full-width digits', person('１２３４５６７８９０１２'), 'no-match'],
    ['Arabic digits', person('١٢٣٤٥٦٧٨٩٠١٢'), 'no-match'],
    ['a NUL inside', person('123456789012\x00999999999999'), 'hostile'],
    ['a right-to-left mark', person('\u202e123456789012'), 'hostile'],
    ['a zero-width space', person('123456\u200b789012'), 'hostile'],
    ['a byte order mark', person('\ufeff123456789012'), 'hostile'],
    ['text that cannot be read', person(null), 'hostile'],
    ['an enormous value', person('1'.repeat(100_000)), 'hostile'],
    ['the same twice', [...person('123456789012'), at('CN', '123456789012')], 'twice'],
    ['two of them', [...person('123456789012'), at('CN', '999999999999')], 'twice'],
    ['a second that does not fit', [...person('123456789012'), at('CN', 'Desk')], 'twice'],
    ['a shared step', [at('O', 'nhs'), at('OU', 'People'), at('CN', '123456789012', true)], 'hostile'],
    ['another organisation', [at('O', 'nhs2'), at('OU', 'People'), at('CN', '123456789012')], 'no-match'],
    ['another case', [at('O', 'NHS'), at('OU', 'People'), at('CN', '123456789012')], 'no-match'],
    ['hidden text in a fixed part', [at('O', 'nhs\u200b'), ...person('123456789012')], 'hostile'],
    ['very many attributes', [...person('123456789012'), ...Array(60).fill(at('L', 'x'))], 'hostile'],
  ])('are refused: %s', (_name, subject, why) => {
    expect(readUuid(rule, subject)).toEqual({ uuid: null, why });
  });

  test('a further unit beside the wanted one does no harm', () => {
    const subject = [at('O', 'nhs'), at('OU', 'Trust'), at('OU', 'People'), at('CN', '123456789012')];
    expect(readUuid(rule, subject)).toEqual({ uuid: '123456789012' });
  });

  test('twelve of sixteen digits are nobody', () => {
    expect(readUuid(ruleOf('CN=^.*(\\d{12})$'), [at('CN', '1234567890123456')])).toEqual({
      uuid: null,
      why: 'no-match',
    });
    expect(readUuid(ruleOf('CN=^(\\d{12}).*$'), [at('CN', '1234567890123456')])).toEqual({
      uuid: null,
      why: 'no-match',
    });
  });

  test('whatever the subject, the answer is 12 ASCII digits of one attribute, or none', () => {
    const digits = fc.stringMatching(/^\d{12}$/);
    const value = fc.oneof(
      digits,
      fc.string({ unit: 'binary' }),
      fc.constant(null),
      fc.tuple(digits, fc.string({ maxLength: 3 })).map(([left, right]) => left + right),
    );
    const attribute = fc.record({
      type: fc.constantFrom('2.5.4.3', '2.5.4.10', '2.5.4.11'),
      value: fc.oneof(value, fc.constant('nhs'), fc.constant('People')),
      shared: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(attribute, { maxLength: 5 }), fc.boolean(), (subject, withUsual) => {
        const all = withUsual ? [at('O', 'nhs'), at('OU', 'People'), ...subject] : subject;
        const { uuid } = readUuid(rule, all);
        if (uuid === null) return;
        expect(uuid).toMatch(/^[0-9]{12}$/);
        const holders = all.filter((one) => one.type === '2.5.4.3');
        expect(holders).toEqual([{ type: '2.5.4.3', value: uuid, shared: false }]);
        expect(all.some((one) => one.type === '2.5.4.10' && one.value === 'nhs')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
