import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attainment, DEFAULT_TRAINING_WORDS, trainingReader } from './training-words.ts';

const read = trainingReader(DEFAULT_TRAINING_WORDS);
const row = (
  competence: string,
  status = 'Compliant',
  expiresOn: string | null = '2027-09-01',
): Attainment => ({
  competence,
  status,
  expiresOn,
});
const PASSED = { status: 'passed', expiresOn: '2027-09-01' };

describe('which training counts', () => {
  it.each([
    'Information Governance',
    'NHS|CSTF|Information Governance and Data Security - 1 Year|',
    'NHS|CSTF|Information Governance & Data Security - 1 Year|',
    '000 Data Security Awareness - Level 1',
    '000 Data Security Awareness',
    'NHS | MAND | Data  Security   Awareness |',
    'DATA SECURITY AWARENESS (Level 1)',
    'Information Governance – 1 Year',
    'NHS|CSTF|Data Security Awareness - Level 1 - 1 Year|',
    '000 Data Security Awareness Level 1',
    'Data Security Awareness: Level 1',
  ])('“%s” does', (name) => {
    expect(read([row(name)])).toEqual(PASSED);
  });

  it.each(['In-date', 'in date', 'Pass', 'PASSED'])('is passed by %s', (said) => {
    expect(read([row('Information Governance', said)])).toEqual(PASSED);
  });

  it.each(['Not passed', 'Compliant - Expired', 'Out-of-date', 'Pass mark not met'])(
    'is not passed by %s',
    (said) => {
      expect(read([row('Information Governance', said)])).toMatchObject({ status: 'not-passed' });
    },
  );

  it.each([
    'Information Governance for Records Managers',
    'Introduction to Information Governance',
    'NHS|CSTF|Fire Safety - 2 Years|',
    'Cyber and Data Security Awareness Refresher Quiz',
    'Not Information Governance',
    '|',
    '',
  ])('“%s” does not', (name) => {
    expect(read([row(name)])).toBeNull();
  });

  it('is what an owner says, and nothing else', () => {
    const own = trainingReader({ competences: ['999|Our Own Module - 2 Years|'], passed: ['done & dusted'] });
    expect(own([row('our own module', 'Done and  dusted')])).toEqual(PASSED);
    expect(own([row('Information Governance', 'Compliant')])).toBeNull();
    expect(own([row('our own module', 'Compliant')])).toMatchObject({ status: 'not-passed' });
  });
});

describe('which status means passed', () => {
  it.each(DEFAULT_TRAINING_WORDS.passed.flatMap((word) => [word, word.toUpperCase(), ` ${word} `]))(
    '“%s” does',
    (status) => {
      expect(read([row('Information Governance', status)])).toEqual(PASSED);
    },
  );

  it('never by its beginning or its end', () => {
    const rest = fc.string({ minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(
        fc.constantFrom(...DEFAULT_TRAINING_WORDS.passed),
        rest,
        fc.boolean(),
        (word, more, before) => {
          const status = before ? `${more} ${word}` : `${word} ${more}`;
          fc.pre(
            !DEFAULT_TRAINING_WORDS.passed.some((one) => one.toLowerCase() === status.trim().toLowerCase()),
          );
          expect(read([row('Information Governance', status)])?.status).toBe('not-passed');
        },
      ),
    );
    for (const status of ['Compliant - Expired', 'Compliant-Expired', 'Not compliant', 'Compliant?', ''])
      expect(read([row('Information Governance', status)])?.status).toBe('not-passed');
  });
});

describe('several attainments', () => {
  const day = fc
    .option(fc.integer({ min: 0, max: 900 }), { nil: null })
    .map((n) =>
      n === null ? null : new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10),
    );
  const attainment = fc.record({
    competence: fc.constantFrom('Information Governance', '000 Data Security Awareness', 'Fire Safety'),
    status: fc.constantFrom('Compliant', 'Expired', 'Compliant - Expired'),
    expiresOn: day,
  });

  it('the one that runs longest counts, in any order of rows, and what is not passed never outlasts what is', () => {
    fc.assert(
      fc.property(fc.array(attainment, { maxLength: 6 }), fc.nat(), (rows, turn) => {
        const turned = [
          ...rows.slice(turn % (rows.length || 1)),
          ...rows.slice(0, turn % (rows.length || 1)),
        ];
        expect(read(turned.toReversed())).toEqual(read(rows));
        const counted = rows.filter(({ competence }) => competence !== 'Fire Safety');
        const passed = counted.filter(({ status }) => status === 'Compliant');
        const pool = passed.length > 0 ? passed : counted;
        const longest = pool
          .map(({ expiresOn }) => expiresOn ?? '9999')
          .toSorted()
          .at(-1);
        expect(read(rows)?.expiresOn ?? '9999').toBe(longest ?? '9999');
        expect(read(rows)?.status).toBe(
          counted.length === 0 ? undefined : passed.length > 0 ? 'passed' : 'not-passed',
        );
      }),
    );
  });
});
