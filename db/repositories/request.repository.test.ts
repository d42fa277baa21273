import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueueFilter, QueueRow, QueueSort } from '../../electron/contract/requests.contract.ts';
import { queueRow } from '../../electron/contract/requests.contract.ts';
import { nameOrder } from '../../electron/domain/people/name-order.ts';
import { askedWords } from '../../electron/domain/people/search-words.ts';
import {
  newRequest,
  type ObjectionPoint,
  REQUEST_STATUSES,
  type RequestStatus,
} from '../../electron/domain/requests/request.ts';
import { makeRealStore, type RealStore } from '../../electron/testing/real-store.ts';
import { aForm } from '../../electron/testing/small-trust.ts';
import { matchQuery } from './match-query.ts';
import { requestFoundBy } from './request-words.ts';

const PEOPLE = [
  "Zoë O'Neill",
  'Anne-Marie de la Cruz',
  'Łukasz Nowak',
  'José Ángel',
  '李 小龙',
  'zoe smith',
  'ANNE Ø',
  'R2 D2',
];
const ACCESS = ['HR Data Entry', 'Supervisor Self Service', 'e-Learning User', 'hr data entry (view)'];
const COUNT = 120;

let real: RealStore;
const all: QueueRow[] = [];
beforeAll(() => {
  real = makeRealStore('queue');
  const { transaction, requests } = real.store.access;
  transaction(() => {
    for (let n = 0; n < COUNT; n += 1) insert(n);
  });
  function insert(n: number): void {
    const status = REQUEST_STATUSES[(n * 7) % REQUEST_STATUSES.length] as RequestStatus;
    const form = aForm(`SR${String((n * 37) % COUNT).padStart(5, '0')}`, {
      submittedAt: `2026-${String(1 + (n % 9)).padStart(2, '0')}-10T10:00:00.000Z`,
      beneficiary: { number: String(20_000_000 + (n % 30)), name: null },
    });
    const urp = ACCESS[n % 3] ?? '';
    const fresh = newRequest({ id: `r${n}`, form, urp, authorisationNeeded: true, beneficiary: null });
    const person = PEOPLE[(n * 3) % PEOPLE.length] ?? '';
    const changedAt = `2026-10-${String(1 + (n % 28)).padStart(2, '0')}T10:00:00.000Z`;
    const objection =
      status === 'approved' && n % 2 === 0
        ? { points: [point('Not in post'), point('No smartcard')], raisedAt: changedAt, importId: null }
        : null;
    requests.insert({
      request: { ...fresh, progress: { ...fresh.progress, status, objection } },
      revision: 0,
      changedAt,
      person,
    });
    all.push({
      id: `r${n}`,
      reference: form.reference,
      status,
      submittedAt: form.submittedAt,
      changedAt,
      person,
      beneficiaryNumber: form.beneficiary.number ?? '',
      access: urp,
      version: 1,
      objection: objection && 'Not in post; No smartcard',
    });
  }
});
afterAll(() => real.close());

const point = (title: string): ObjectionPoint => ({
  ...{ id: 'in-post', title, clause: '5.1.1', sentence: '', fact: '', source: null, nextAction: null },
});

const list = (filter: Partial<QueueFilter>, sort: QueueSort, slice = { offset: 0, limit: 500 }) =>
  real.store.access.requests.list(
    { text: '', statuses: [], access: null, objected: false, ...filter },
    sort,
    slice,
  );
const BY_REFERENCE: QueueSort = { by: 'reference', direction: 'asc' };

/** The same list by plain JavaScript over all rows. */
function naive(filter: QueueFilter, sort: QueueSort): readonly string[] {
  const asked = askedWords(filter.text);
  const found = all
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => filter.statuses.length === 0 || filter.statuses.includes(row.status))
    .filter(({ row }) => filter.access === null || row.access === filter.access)
    .filter(({ row }) => !filter.objected || row.objection !== null)
    .filter(({ row }) => {
      if (filter.text.trim() === '') return true;
      const words = requestFoundBy({ ...row, formerNames: '' }).words.split(' ');
      const isFound = (one: (typeof asked)[number]) =>
        one.begins.some((word) => words.some((each) => each.startsWith(word))) ||
        one.whole.some((word) => words.includes(word));
      return asked.length > 0 && asked.every(isFound);
    });
  const sign = sort.direction === 'asc' ? 1 : -1;
  const orderOf = (row: QueueRow, key: (typeof keys)[number]) =>
    key === 'person' ? nameOrder(row.person) : row[key];
  const bytes = (text: string) => Buffer.from(text);
  const keys = sort.by === 'status' ? (['status', 'submittedAt'] as const) : [sort.by];
  const compare = (a: QueueRow, b: QueueRow) =>
    keys.reduce((so, key) => so || Buffer.compare(bytes(orderOf(a, key)), bytes(orderOf(b, key))), 0);
  return found.toSorted((a, b) => sign * (compare(a.row, b.row) || a.at - b.at)).map(({ row }) => row.id);
}

const sorts: fc.Arbitrary<QueueSort> = fc.record({
  by: fc.constantFrom('submittedAt', 'reference', 'person', 'access', 'status', 'changedAt'),
  direction: fc.constantFrom('asc', 'desc'),
});
const texts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'zoe',
    'ZOË',
    'anne mar',
    'sr000',
    '2000001',
    'hr data',
    'o neill',
    "o'ne",
    'de  la',
    'ł',
    '李',
    'smith zoe',
  ),
  fc.stringMatching(/^[a-z0-9 -]{0,6}$/),
);
const filters: fc.Arbitrary<QueueFilter> = fc.record({
  text: texts,
  statuses: fc.uniqueArray(fc.constantFrom(...REQUEST_STATUSES), { maxLength: 3 }),
  access: fc.constantFrom(null, ...ACCESS),
  objected: fc.oneof({ arbitrary: fc.constant(false), weight: 2 }, fc.constant(true)),
});

describe('the queue', () => {
  it('is filtered, sorted and cut as a naive list is', () => {
    fc.assert(
      fc.property(
        filters,
        sorts,
        fc.nat(130),
        fc.integer({ min: 1, max: 60 }),
        (filter, sort, offset, limit) => {
          const expected = naive(filter, sort);
          const { total, rows } = list(filter, sort, { offset, limit });
          expect(total).toBe(expected.length);
          expect(rows.map(({ id }) => id)).toEqual(expected.slice(offset, offset + limit));
          for (const row of rows) expect(queueRow.parse(row)).toEqual(all.find(({ id }) => id === row.id));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('cut into slices is the whole, each row once', () => {
    fc.assert(
      fc.property(sorts, fc.integer({ min: 1, max: 50 }), (sort, limit) => {
        const ids: string[] = [];
        for (let offset = 0; offset < COUNT; offset += limit)
          ids.push(...list({}, sort, { offset, limit }).rows.map(({ id }) => id));
        expect(ids).toEqual(list({}, sort).rows.map(({ id }) => id));
        expect(new Set(ids).size).toBe(COUNT);
      }),
    );
  });

  it('counts each status as the list has it', () => {
    const counts = real.store.access.requests.countByStatus();
    for (const status of REQUEST_STATUSES)
      expect(counts[status]).toBe(list({ statuses: [status] }, BY_REFERENCE).total);
  });
});

describe('searching', () => {
  it('takes any text, and finds nothing by what is no word', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 100, unit: 'binary' }),
      fc.string({ maxLength: 100, unit: 'grapheme' }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            ':',
            '^',
            '-',
            '(',
            ')',
            'AND',
            'OR',
            'NOT',
            'NEAR(',
            'person:',
            '{a b}',
            '\0',
            "'",
            '%',
            'zoe',
            '+',
            '\ud800',
          ),
          { maxLength: 20 },
        )
        .map((parts) => parts.join(' ').slice(0, 100)),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const { total, rows } = list({ text }, BY_REFERENCE);
        expect(rows).toHaveLength(total);
        if (!/[\p{L}\p{N}]/u.test(text.normalize('NFKC')) && text.trim() !== '') expect(total).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['"', null],
    ['- * ^', null],
    ['zoe OR', '("zoe"* OR "zoeor"*) AND ("or"* OR "zoeor"*)'],
    ['ﬁn', '"fin"*'],
    ['23021359–2', '"230213592"*'],
  ])('reads %s as words alone', (text, query) => {
    expect(matchQuery(text)).toBe(query);
  });

  it('follows a row that changes, which is found by its former name as well', () => {
    const { requests, transaction } = real.store.access;
    const before = requests.get('r1');
    if (before === null) throw new Error('no such request');
    transaction(() => requests.update({ ...before, person: 'Entirely Renamed', revision: 1 }, 0));
    expect(list({ text: 'entirely' }, BY_REFERENCE).rows.map(({ id }) => id)).toEqual(['r1']);
    expect(list({ text: before.person }, BY_REFERENCE).rows).toContainEqual(
      expect.objectContaining({ id: 'r1', person: 'Entirely Renamed' }),
    );
    expect(() => transaction(() => requests.update({ ...before, revision: 1 }, 0))).toThrow(/revision/);
    transaction(() => requests.update({ ...before, revision: 2 }, 1));
  });
});

describe('a request', () => {
  it('comes back as it was put in, by id and by reference', () => {
    const { requests, transaction } = real.store.access;
    const request = newRequest({
      id: 'whole',
      form: aForm('SR-WHOLE', { justification: 'ä "quoted" \n 😀 \u0000', attachments: ['a.pdf', 'b.pdf'] }),
      urp: null,
      authorisationNeeded: true,
      beneficiary: '20000001',
    });
    const stored = { request, revision: 0, changedAt: real.clock.now(), person: 'Whole Person' };
    transaction(() => {
      requests.insert(stored);
      expect(requests.get('whole')).toEqual(stored);
      expect(requests.byReference('SR-WHOLE')).toEqual(stored);
      expect(() => requests.insert(stored)).toThrow(/UNIQUE/);
      real.db.prepare("delete from request where id = 'whole'").run();
    });
    expect(list({ text: 'whole' }, BY_REFERENCE).total).toBe(0);
  });
});
