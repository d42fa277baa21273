import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formDifference } from './form-difference.ts';
import type { OneFormContent } from './request.ts';
import { referenceKey, spelledAs } from './same-form.ts';

const digits = fc.integer({ min: 1, max: 99_999_999 }).map(String);
const around = fc.constantFrom(
  (text: string) => text,
  (text: string) => ` ${text}\u00a0`,
  (text: string) => `'${text}`,
  (text: string) => `="${text}"`,
  (text: string) => `“${text}”`,
  (text: string) => `\u200e${text}\u200b`,
  (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
);
const asNumber = fc.constantFrom(
  (text: string) => text,
  (text: string) => `00${text}`,
  (text: string) => `${text}.0`,
  (text: string) => `${text}.00`,
  (text: string) => Number(text).toLocaleString('en-GB'),
  (text: string) => `${text[0]}${text.length > 1 ? '.' : ''}${text.slice(1)}E+${text.length - 1}`,
);

describe('the reference of a form', () => {
  it('is one in every spelling of a spreadsheet', () => {
    fc.assert(
      fc.property(digits, asNumber, around, (number, spell, wrap) => {
        expect(referenceKey(wrap(spell(number)))).toBe(number);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('SR-42', 'sd 007', 'INC0042317'), around, (reference, wrap) => {
        expect(referenceKey(wrap(reference))).toBe(referenceKey(reference));
      }),
    );
    expect(referenceKey('sr–42')).toBe(referenceKey('SR-42'));
  });

  it('is never another one', () => {
    fc.assert(
      fc.property(digits, digits, asNumber, asNumber, (a, b, spellA, spellB) => {
        expect(referenceKey(spellA(a)) === referenceKey(spellB(b))).toBe(a === b);
      }),
    );
    for (const [a, b] of [
      ['SR-007', 'SR-7'],
      ['1.00E+07', '10000000'],
      ['42317.5', '42317'],
      ['42,31', '4231'],
      ['', '0'],
    ] as const) {
      expect(referenceKey(a)).not.toBe(referenceKey(b));
    }
  });
});

const FORM: OneFormContent = {
  reference: '0042317',
  submittedAt: '2026-11-10T10:00:00.000Z',
  requester: { number: '10000003', name: 'Bob O’Baker' },
  beneficiary: { number: '10000002-2', name: 'Ann Able' },
  accessAsTyped: 'Local Reports',
  justification: 'Two\nlines',
  lineManager: { number: '10000001', name: 'Meera Chief' },
  authorisation: { by: { number: '10000001', name: 'Meera Chief' }, on: '2026-11-10T11:00:00.000Z' },
  attachments: ['f.pdf'],
};

describe('a form that comes again', () => {
  it('differs in nothing where only its spelling does', () => {
    const again: OneFormContent = {
      ...FORM,
      reference: '42317',
      requester: { number: '10000003.0', name: "Bob  O'Baker " },
      beneficiary: { number: '="10000002"–2', name: 'Ann\u00a0Able' },
      justification: 'Two\r\nlines ',
      lineManager: { number: "'10000001", name: 'Meera Chief' },
      authorisation: { by: { number: '10,000,001', name: 'Meera Chief' }, on: '2026-11-10T11:00:00.000Z' },
    };
    const beneficiary = { ...again.beneficiary, number: '10000002 – 2' };
    expect(spelledAs(FORM, { ...again, beneficiary })).toEqual(FORM);
  });

  it.each<[string, Partial<OneFormContent>]>([
    ['the VPD in front of the access', { accessAsTyped: `919 ${FORM.accessAsTyped.toUpperCase()}` }],
    ['dashes in the access', { accessAsTyped: FORM.accessAsTyped.replaceAll(' ', '-') }],
    [
      'the authoriser’s name',
      { authorisation: { by: { number: '10000001', name: 'CHIEF, Meera' }, on: '2026-11-10T11:00:00.000Z' } },
    ],
    [
      'the day of the authorisation alone',
      { authorisation: { by: { number: '10000001', name: 'Meera Chief' }, on: '2026-11-10T00:00:00.000Z' } },
    ],
  ])('differs in nothing where another export writes %s', (_what, change) => {
    expect(spelledAs(FORM, { ...FORM, ...change })).toEqual(FORM);
  });

  it.each<[string, Partial<OneFormContent>]>([
    [
      'another authoriser',
      { authorisation: { by: { number: '10000009', name: 'Meera Chief' }, on: '2026-11-10T11:00:00.000Z' } },
    ],
    [
      'another authoriser without a number',
      { authorisation: { by: { number: null, name: 'Meera Chef' }, on: '2026-11-10T11:00:00.000Z' } },
    ],
    [
      'another day',
      { authorisation: { by: { number: '10000001', name: 'Meera Chief' }, on: '2026-11-11T00:00:00.000Z' } },
    ],
    ['another person', { beneficiary: { number: '10000004', name: 'Ann Able' } }],
    ['another post', { beneficiary: { number: '10000002-3', name: 'Ann Able' } }],
    ['no post', { beneficiary: { number: '10000002', name: 'Ann Able' } }],
    ['a number that cannot be read', { requester: { number: '1.00E+07', name: 'Bob O’Baker' } }],
    ['no number', { requester: { number: null, name: 'Bob O’Baker' } }],
    ['another access', { accessAsTyped: 'Local Reports X' }],
    ['no authorisation', { authorisation: null }],
  ])('differs where it names %s', (_what, change) => {
    expect(formDifference(FORM, spelledAs(FORM, { ...FORM, ...change }))).not.toEqual([]);
  });

  it('leaves a number that lost its zeros to who knows the people', () => {
    const before = { ...FORM, requester: { number: '00123456', name: null } };
    const again = { ...FORM, requester: { number: '123456', name: null } };
    expect(spelledAs(before, again).requester.number).toBe('123456');
    expect(spelledAs(before, again, () => true).requester.number).toBe('00123456');
  });
});
