import { beforeAll, describe, expect, it } from 'vitest';
import { csvRows, generateInMemory, goRows, type ReadTrust } from './testing.ts';

let trust: ReadTrust;
beforeAll(() => {
  trust = generateInMemory({ people: 500, seed: 1 });
});

const noted = (kind: string) => trust.manifest.anomalies.filter((one) => one.kind === kind);
const numbers = (kind: string) => noted(kind).map(({ employeeNumber }) => employeeNumber ?? '');
const records = (type: string) => goRows(trust, trust.manifest.goFull).filter(([own]) => own === type);
const holdings = (name = 'holdings-1.csv') => csvRows(trust, name, 2);
const PERSON = { id: 1, from: 2, to: 3, number: 4, last: 6, first: 7, card: 29, type: 33 } as const;

describe('what the manifest says is untidy is so in the files', () => {
  it('names with spaces, particles, accents, combining marks, apostrophes and letters of other alphabets', () => {
    const kinds = noted('untidy-name').flatMap(({ detail }) => detail?.split(', ') ?? []);
    expect(new Set(kinds)).toEqual(
      new Set([
        'space in the first name',
        'space in the last name',
        'particle',
        'accents',
        'combining marks',
        'apostrophe',
        'letters without a plain form',
      ]),
    );
    const names = records('PRA').map((row) => `${row[PERSON.first]} ${row[PERSON.last]}`);
    for (const name of [
      'Mary Anne Smith Jones',
      'Jan van der Berg',
      'Éilís Ó Briain',
      'Łukasz Żak',
      'Patrick O’Dea',
    ])
      expect(names).toContain(name);
    expect(names.some((name) => /\p{M}/u.test(name))).toBe(true);
  });

  it('re-hired and renumbered people have one person id and two numbers, each in its time', () => {
    for (const kind of ['re-hired', 'renumbered']) {
      expect(noted(kind)).toHaveLength(2);
      for (const { employeeNumber, detail } of noted(kind)) {
        const own = records('PRA').find((row) => row[PERSON.number] === employeeNumber);
        const rows = records('PRA').filter((row) => row[PERSON.id] === own?.[PERSON.id]);
        expect([...new Set(rows.map((row) => row[PERSON.number]))]).toEqual([
          detail?.slice(0, 8),
          employeeNumber,
        ]);
        for (const [at, row] of rows.entries()) {
          const next = rows[at + 1];
          expect(row[PERSON.to] === '').toBe(next === undefined);
          if (next) expect((row[PERSON.to] ?? '') < (next[PERSON.from] ?? '')).toBe(true);
        }
        expect(rows.some((row) => row[PERSON.type] === 'EX_EMP')).toBe(kind === 're-hired');
      }
    }
  });

  it('a merged person is two records with one smartcard, the older one over', () => {
    for (const { employeeNumber, detail } of noted('merged')) {
      const of = (number = '') => records('PRA').find((row) => row[PERSON.number] === number);
      const newer = of(employeeNumber);
      const older = of(detail?.slice(0, 8));
      expect(older?.[PERSON.card]).toMatch(/^\d{12}$/);
      expect(older?.[PERSON.card]).toBe(newer?.[PERSON.card]);
      expect(older?.[PERSON.id]).not.toBe(newer?.[PERSON.id]);
      expect([older?.[PERSON.type], newer?.[PERSON.type]]).toEqual(['EX_EMP', 'EMP']);
    }
  });

  it('suspended, seconded and long-absent people are in post', () => {
    expect(noted('assignment-state').map(({ detail }) => detail)).toEqual([
      'Suspend Assignment',
      'Out on External Secondment - Paid',
      'Maternity & Adoption',
      'Career Break',
    ]);
    for (const { employeeNumber, detail } of noted('assignment-state')) {
      expect(records('ASA').find((row) => row[7] === employeeNumber)?.[9]).toBe(detail);
    }
  });

  it('rows with days to come, and people with several posts', () => {
    const day = trust.manifest.asOf.replaceAll('-', '');
    for (const number of numbers('row-to-come')) {
      const starts = [
        ...records('PRA')
          .filter((row) => row[PERSON.number] === number)
          .map((row) => row[PERSON.from] ?? ''),
        ...records('ASA')
          .filter((row) => row[7] === number)
          .map((row) => row[3] ?? ''),
      ];
      expect(
        starts.some((from) => from > day),
        number,
      ).toBe(true);
    }
    expect(new Set(noted('row-to-come').map(({ detail }) => detail)).size).toBe(3);
    for (const number of numbers('several-posts')) {
      expect(records('ASA').filter((row) => row[7]?.startsWith(`${number}-`)).length).toBeGreaterThan(0);
    }
  });

  it('accounts shut with access open, of nobody, and access that is indirect', () => {
    for (const name of ['holdings-1.csv', 'holdings-2.csv']) {
      for (const number of numbers('account-shut-access-open')) {
        const rows = holdings(name).filter((row) => row['Employee Number'] === number);
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows)
          expect([row['End Date'], row['Account End']]).toEqual(['', expect.stringMatching(/-2026$/)]);
      }
      const register = new Set(records('PRA').map((row) => row[PERSON.number]));
      for (const number of numbers('account-without-person')) {
        expect(register.has(number)).toBe(false);
        expect(holdings(name).some((row) => row['Employee Number'] === number)).toBe(true);
      }
      const indirect = holdings(name).filter((row) => row.Type === 'Indirect');
      expect(indirect.map((row) => row['Employee Number']).sort()).toEqual(
        [...numbers('indirect-responsibility')].sort(),
      );
    }
  });

  it('several attainments of one competence, the newest not last', () => {
    for (const number of numbers('several-attainments')) {
      const rows = csvRows(trust, 'training.csv').filter(
        (row) => row['Employee Number'] === number && row.Competence?.includes('Information Governance'),
      );
      expect(rows.map(({ Status }) => Status)).toEqual(['Compliant', 'Expired', 'Expired']);
    }
  });

  it('nobody untidy is of the story, signs in, or is in the changes file', () => {
    const kinds = [
      're-hired',
      'renumbered',
      'merged',
      'assignment-state',
      'account-shut-access-open',
      'indirect-responsibility',
    ];
    const untidy = new Set(kinds.flatMap(numbers));
    const { story, signIns, changes } = trust.manifest;
    const others = [...story, ...signIns].map(({ employeeNumber }) => employeeNumber ?? '');
    for (const number of [...others, ...Object.values(changes).flat()])
      expect(untidy.has(number)).toBe(false);
  });
});

describe('the same trust in other spellings', () => {
  const small = { people: 200, seed: 3 } as const;

  it('with rows as they have grown, and of other types', () => {
    const other = generateInMemory({ ...small, grownLayout: true, otherRecords: true });
    const plain = generateInMemory(small);
    const rows = goRows(other, other.manifest.goFull);
    const lengths = (type: string) => new Set(rows.filter(([own]) => own === type).map((row) => row.length));
    expect(lengths('ASA')).toEqual(new Set([51]));
    expect(lengths('ORA')).toEqual(new Set([16]));
    expect(rows.at(-1)).toEqual(['TRL', String(rows.length)]);
    const known = new Set(goRows(plain, plain.manifest.goFull).map(([type]) => type));
    const types = new Set(rows.map(([type]) => type).filter((type) => !known.has(type)));
    expect(types.size).toBeGreaterThan(8);
  });

  it.each([
    ['esr', /^\d{2}-[A-Z][a-z]{2}-\d{4}$/],
    ['oracle', /^\d{2}-[A-Z]{3}-\d{2}$/],
    ['day-first', /^\d{2}\/\d{2}\/\d{4}$/],
    ['iso', /^\d{4}-\d{2}-\d{2}$/],
    ['serial', /^4\d{4}$/],
  ] as const)('with days written as %s', (dates, form) => {
    const other = generateInMemory({ ...small, dates });
    for (const row of csvRows(other, 'holdings-1.csv', 2)) expect(row['Start Date']).toMatch(form);
  });

  it.each([
    ['decimal', /^\d{8}\.0$/],
    ['thousands', /^\d{2},\d{3},\d{3}$/],
    ['apostrophe', /^'\d{8}$/],
    ['formula', /^="\d{8}"$/],
    ['spaced', /^ \d{8}\u00a0$/],
  ] as const)('with numbers written as %s', (spelling, form) => {
    const other = generateInMemory({ ...small, numbers: spelling });
    for (const row of csvRows(other, 'holdings-1.csv', 2)) expect(row['Employee Number']).toMatch(form);
  });

  it('with each number in another spelling', () => {
    const other = generateInMemory({ ...small, numbers: 'mixed' });
    const shapes = csvRows(other, 'holdings-1.csv', 2).map((row) =>
      row['Employee Number']?.replace(/\d+/g, '0'),
    );
    expect(new Set(shapes).size).toBe(6);
  });

  it('is refused in one sentence where a spelling is not known', () => {
    expect(() => generateInMemory({ ...small, dates: 'roman' as 'iso' })).toThrow(/--dates must be one of/);
    expect(() => generateInMemory({ ...small, numbers: 'roman' as 'plain' })).toThrow(
      /--numbers must be one of/,
    );
  });
});
