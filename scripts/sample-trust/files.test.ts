import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { FULL_SEQUENCE } from './go-file.ts';
import { GO_FIELD_COUNTS } from './go-rows.ts';
import { bytesOf, csvRows, generateInMemory, goRows, type ReadTrust } from './testing.ts';

const COMMITTED = new URL('../../resources/sample-trust/', import.meta.url);
const CSV_FILES = [
  'holdings-1.csv',
  'holdings-2.csv',
  'oneforms.csv',
  'oneforms.json',
  'as-numbers.csv',
  'training.csv',
];

let trust: ReadTrust;
beforeAll(() => {
  trust = generateInMemory({ people: 500, seed: 1 });
});

describe('the same options', () => {
  it('give the same bytes, and the manifest has their SHA-256', () => {
    const again = generateInMemory({ people: 500, seed: 1 });
    expect([...again.files.keys()]).toEqual([...trust.files.keys()]);
    for (const [name, bytes] of trust.files) expect(bytesOf(again, name).equals(bytes), name).toBe(true);
    for (const { name, bytes, sha256 } of trust.manifest.files) {
      const written = bytesOf(trust, name);
      expect(written.byteLength).toBe(bytes);
      expect(createHash('sha256').update(written).digest('hex')).toBe(sha256);
    }
  });

  it('give what is committed in resources/sample-trust', () => {
    expect(readdirSync(COMMITTED).sort()).toEqual([...trust.files.keys()].sort());
    for (const [name, bytes] of trust.files) {
      expect(readFileSync(new URL(name, COMMITTED)).equals(bytes), `${name}: run the generator again`).toBe(
        true,
      );
    }
  });
});

describe('other options', () => {
  it('give other files for another seed', () => {
    const other = generateInMemory({ people: 500, seed: 2 });
    for (const [name, bytes] of trust.files) expect(bytesOf(other, name).equals(bytes), name).toBe(false);
  });

  it('carry the VPD, the day, the second run and the number of forms', () => {
    const other = generateInMemory({
      people: 200,
      seed: 3,
      vpd: '123',
      asOf: '2027-03-29',
      requests: 400,
      laterRun: '2027-03-29T18:20',
    });
    expect(other.manifest.goFull).toBe('GO_123_TST_GOF_20270329_00000101.DAT');
    expect(csvRows(other, 'oneforms.csv')).toHaveLength(320);
    expect(bytesOf(other, 'holdings-2.csv').toString('utf8')).toContain('Run date: 29-Mar-2027 18:20\r\n');
    expect(csvRows(other, 'holdings-1.csv', 2).every((row) => /^123 /.test(row.Responsibility ?? ''))).toBe(
      true,
    );
    for (const { startDate } of other.manifest.holdings2.granted) expect(startDate).toBe('2027-03-29');
  });

  it.each([
    [{ people: 199, seed: 1 }, /--people/],
    [{ people: 500, seed: -1 }, /--seed/],
    [{ people: 500, seed: 1, asOf: '2026-02-30' }, /--as-of/],
    [{ people: 500, seed: 1, requests: 3 }, /--requests/],
    [{ people: 500, seed: 1, vpd: '91' }, /--vpd/],
    [{ people: 500, seed: 1, laterRun: '2026-11-02T07:00' }, /--later-run/],
  ])('are refused in one sentence when out of bounds: %o', (options, sentence) => {
    expect(() => generateInMemory(options)).toThrow(sentence);
  });
});

describe.each([
  ['full', 'goFull', FULL_SEQUENCE],
  ['changes', 'goChanges', FULL_SEQUENCE + 1],
] as const)('the GO %s file', (_, key, sequence) => {
  it('has header, trailer count, sequence and field counts right', () => {
    const name = trust.manifest[key];
    const rows = goRows(trust, name);
    expect(name).toMatch(new RegExp(`_\\d{8}_${String(sequence).padStart(8, '0')}\\.DAT$`));
    expect(rows[0]?.slice(0, 2)).toEqual(['HDR', name]);
    expect(rows.at(-1)).toEqual(['TRL', String(rows.length)]);
    for (const row of rows) {
      const type = row[0] ?? '';
      const expected = type.endsWith('D') && type !== 'HDR' ? 2 : GO_FIELD_COUNTS[type as 'PRA'];
      expect(row, row.join('~')).toHaveLength(expected);
    }
  });

  it('keeps the order: locations, organisations, positions, people with their child rows', () => {
    const place = (type: string): number =>
      ['H', 'L', 'OR', 'PO', '', 'T'].findIndex((start) => start !== '' && type.startsWith(start));
    const places = goRows(trust, trust.manifest[key]).map(([type = '']) =>
      place(type) === -1 ? 4 : place(type),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    let person = '';
    for (const [type, id] of goRows(trust, trust.manifest.goFull)) {
      if (type === 'PRA') person = id ?? '';
      if (['ASA', 'ADA', 'PHA', 'VHA', 'COA'].includes(type ?? '')) expect(id).toBe(person);
    }
  });
});

it('the changes file deletes only what the full file holds', () => {
  const full = goRows(trust, trust.manifest.goFull);
  const idColumn: Readonly<Record<string, number>> = { OR: 1, PO: 1, PR: 1, AS: 2, AD: 2, PH: 2 };
  const deletions = goRows(trust, trust.manifest.goChanges).filter(([type]) =>
    /^(?!HD).{2}D$/.test(type ?? ''),
  );
  expect(new Set(deletions.map(([type]) => type))).toEqual(
    new Set(['ORD', 'POD', 'ASD', 'PHD', 'PRD', 'ADD']),
  );
  for (const [type = '', id] of deletions) {
    const stem = type.slice(0, 2);
    expect(
      full.some((row) => row[0] === `${stem}A` && row[idColumn[stem] ?? 1] === id),
      `${type}~${id}`,
    ).toBe(true);
  }
});

describe('personal data that must be dropped', () => {
  it('fills its column in the GO file and matches its pattern, and no other column does', () => {
    const rows = goRows(trust, trust.manifest.goFull);
    for (const { what, record, columns, pattern, example } of trust.manifest.privateMarkers) {
      const marker = new RegExp(pattern);
      expect(example).toMatch(marker);
      let found = 0;
      for (const row of rows) {
        row.forEach((value, column) => {
          const own = row[0] === record && columns.includes(column);
          if (own && value !== '') {
            found += 1;
            expect(value, what).toMatch(marker);
          } else if (!own && marker.test(value)) {
            throw new Error(`${what} pattern also matches ${row[0]} column ${column}: ${value}`);
          }
        });
      }
      expect(found, what).toBeGreaterThan(20);
    }
  });

  it.each(CSV_FILES)('is in no row of %s', (name) => {
    const text = bytesOf(trust, name).toString('latin1');
    for (const { what, pattern } of trust.manifest.privateMarkers)
      expect(text, what).not.toMatch(new RegExp(pattern));
  });
});

describe('the exports', () => {
  it('write holdings as UTF-8 with BOM, CRLF and two title rows', () => {
    for (const name of ['holdings-1.csv', 'holdings-2.csv']) {
      const bytes = bytesOf(trust, name);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const lines = bytes.toString('utf8').slice(1).split('\r\n');
      expect(lines[0]).toBe('Active Responsibilities');
      expect(lines[1]).toMatch(/^Run date: \d{2}-Nov-2026 07:15$/);
      expect(lines[2]).toBe(
        'Employee Number,User Name,Full Name,Responsibility,Start Date,End Date,Last Logon,Type,Assigned By,Assigned On,Account End',
      );
      expect(bytes.toString('latin1').replaceAll('\r\n', '')).not.toContain('\n');
    }
  });

  it('write AS numbers in bytes that are Windows-1252 and not UTF-8', () => {
    const bytes = bytesOf(trust, 'as-numbers.csv');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(new TextDecoder('windows-1252').decode(bytes)).toContain('Limit £5,000');
  });

  it('give forms in both date forms, with the offset of the season', () => {
    const submitted = csvRows(trust, 'oneforms.csv').map((row) => row['Submitted At'] ?? '');
    expect(submitted.some((text) => /^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/.test(text))).toBe(true);
    expect(submitted.some((text) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\+01:00$/.test(text))).toBe(true);
    expect(bytesOf(trust, 'oneforms.json').toString('utf8')).toMatch(
      /"submittedAt":"2026-10-\d\dT\d\d:\d\d:00\+00:00"/,
    );
  });
});

it('identifiers stay unique in a trust of 7,500', () => {
  const large = generateInMemory({ people: 7_500, seed: 5 });
  const rows = goRows(large, large.manifest.goFull);
  const people = new Map(rows.filter(([type]) => type === 'PRA').map((row) => [row[1], row]));
  expect(people.size).toBe(7_500);
  const values = (column: number): readonly string[] =>
    [...people.values()].map((row) => row[column] ?? '').filter((value) => value !== '');
  for (const column of [4, 35]) expect(new Set(values(column)).size).toBe(values(column).length);
  // Two records of one person have one card, and nobody else shares any.
  const merged = large.manifest.anomalies.filter(({ kind }) => kind === 'merged').length;
  expect(merged).toBeGreaterThan(1);
  expect(values(29).length - new Set(values(29)).size).toBe(merged);
  for (const number of values(4)) expect(number).toMatch(/^\d{8}$/);
  for (const uuid of values(29)) expect(uuid).toMatch(/^\d{12}$/);
  expect(values(29).length / 7_500).toBeCloseTo(0.72, 1);
  const owners = new Map(
    csvRows(large, 'holdings-1.csv', 2).map((row) => [row['User Name'], row['Employee Number']]),
  );
  expect(owners.size).toBe(new Set(owners.values()).size);
  for (const name of owners.keys()) expect(name).toMatch(/^919[A-Z]+\d{2}$/);
  const references = csvRows(large, 'oneforms.csv').map((row) => row.Reference);
  expect(new Set(references).size).toBe(references.length);
  expect(large.manifest.counts.peopleWithSeveralAssignments! / 7_500).toBeCloseTo(0.08, 1);
});
