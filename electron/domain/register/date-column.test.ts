import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DateColumn, type DateForm, dateForms, readDateCell } from './date-column.ts';
import { type DateColumnFound, findDateForms } from './date-question.ts';

const LONG = ['January February March April May June July August September October November December']
  .join(' ')
  .split(' ');
const two = (n: number | string) => String(n).padStart(2, '0');
interface Day {
  readonly y: number;
  readonly m: number;
  readonly d: number;
}
const iso = ({ y, m, d }: Day) => `${y}-${two(m)}-${two(d)}`;
const days = (from: number, to: number) =>
  fc
    .date({
      min: new Date(`${from}-01-01T00:00:00Z`),
      max: new Date(`${to}-12-31T00:00:00Z`),
      noInvalidDate: true,
    })
    .map((date): Day => ({ y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() }));
const month = (m: number) => LONG[m - 1] ?? '';
const yy = (y: number) => two(y % 100);
const excel = ({ y, m, d }: Day) => {
  const count = Math.round((Date.UTC(y, m - 1, d) - Date.UTC(1899, 11, 31)) / 86_400_000);
  return String(count < 60 ? count : count + 1);
};

/** How people and programs write a date, and by which form of column it is read. */
const SPELLINGS: readonly (readonly [DateForm, (day: Day) => string])[] = [
  ['day-first', ({ y, m, d }) => `${two(d)}/${two(m)}/${y}`],
  ['day-first', ({ y, m, d }) => `${d}.${m}.${y}`],
  ['day-first', ({ y, m, d }) => `${two(d)}-${two(m)}-${y}`],
  ['day-first', ({ y, m, d }) => ` ${d} / ${m} / ${y} `],
  ['month-first', ({ y, m, d }) => `${m}/${d}/${y}`],
  ['month-first', ({ y, m, d }) => `${two(m)}-${two(d)}-${y}`],
  ['year-first', iso],
  ['year-first', ({ y, m, d }) => `${y}/${m}/${d}`],
  ['year-first', ({ y, m, d }) => `${y}${two(m)}${two(d)}`],
  ['month-named', ({ y, m, d }) => `${two(d)}-${month(m).slice(0, 3).toUpperCase()}-${y}`],
  ['month-named', ({ y, m, d }) => `${d} ${month(m)} ${y}`],
  ['month-named', ({ y, m, d }) => `${month(m).slice(0, 3)} ${d}, ${y}`],
  ['month-named', ({ y, m, d }) => `${d}th of ${month(m)}, ${y}`],
  ['month-named', ({ y, m, d }) => `${y}-${month(m).slice(0, 3)}-${two(d)}`],
  ['month-named-2', ({ y, m, d }) => `${two(d)}-${month(m).slice(0, 3).toUpperCase()}-${yy(y)}`],
  ['month-named-2', ({ y, m, d }) => `${d} ${m === 9 ? 'Sept' : month(m)} ${yy(y)}`],
  ['day-first-2', ({ y, m, d }) => `${two(d)}/${two(m)}/${yy(y)}`],
  ['day-first-2', ({ y, m, d }) => `${d}.${m}.${yy(y)}`],
  ['month-first-2', ({ y, m, d }) => `${m}/${d}/${yy(y)}`],
  ['excel-days', excel],
  ['excel-days', (day) => `="${excel(day)}"`],
  ['day-first', ({ y, m, d }) => `'${two(d)}/${two(m)}/${y}`],
];
const spelling = fc.constantFrom(...SPELLINGS);

const look = (
  cells: readonly string[],
  more: { isEnd?: boolean; chosen?: DateForm; remembered?: DateForm } = {},
) => {
  const column = new DateColumn('day-first');
  for (const [i, cell] of cells.entries()) column.read(cell, i + 2);
  return {
    field: 'startDate',
    isEnd: more.isEnd ?? false,
    evidence: column.evidence(),
    chosen: more.chosen ?? null,
    remembered: more.remembered ?? null,
  };
};
const found = (cells: readonly string[], more = {}): DateColumnFound =>
  findDateForms([look(cells, more)])[0] as DateColumnFound;
const dates = (cells: readonly string[], form: DateForm) =>
  cells.map((cell) => {
    const read = readDateCell(cell, form);
    return read.kind === 'date' ? read.date : read.kind;
  });

describe('a column of dates', () => {
  it('reads back what was written, in any one spelling, without a question it need not ask', () => {
    fc.assert(
      fc.property(
        spelling,
        fc.array(days(1950, 2049), { minLength: 1, maxLength: 12 }),
        ([form, write], list) => {
          const cells = list.map(write);
          const got = found(cells);
          if (got.state === 'asks' || got.state === 'suggested') {
            // Only what can be read two ways is doubted, and then the right reading is among the choices.
            expect(form).toMatch(/^(day|month)-first/);
            expect(got.choices.map((one) => one.form)).toContain(form);
          }
          const by = got.state === 'sure' ? (got.form ?? 'day-first') : form;
          expect(dates(cells, by)).toEqual(list.map(iso));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is never read wrongly without a word, whatever was mixed into it', () => {
    const numeric = fc.constantFrom<'day-first' | 'month-first'>('day-first', 'month-first');
    const cell = fc.tuple(numeric, days(2000, 2040), fc.boolean());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (list) => {
        const cells = list.map(([order, day, named]) =>
          named
            ? `${day.d}-${month(day.m).slice(0, 3)}-${day.y}`
            : order === 'day-first'
              ? `${day.d}/${day.m}/${day.y}`
              : `${day.m}/${day.d}/${day.y}`,
        );
        const got = found(cells);
        if (got.state !== 'sure' || got.form === null) return;
        const read = dates(cells, got.form);
        const right = list.map(([, day]) => iso(day));
        for (const [i, date] of read.entries()) {
          if (date === right[i]) continue;
          // Day first in a column that proves it, and a British one: the only silence that may be wrong is of a
          // writer who changes the order from one cell to the next, and then nothing in the cell shows it.
          expect(list[i]?.[0]).toBe('month-first');
          expect(list.some(([order, day, named]) => !named && order === 'day-first' && day.d > 12)).toBe(
            true,
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['01-JAN-26', '2026-01-01'],
    ['31-DEC-49', '2049-12-31'],
    ['01-JAN-50', '1950-01-01'],
    ['01-SEPT-26', '2026-09-01'],
  ])("reads Oracle's %s as %s", (text, date) => {
    const got = found([text]);
    expect(got).toMatchObject({ state: 'sure', form: 'month-named-2' });
    expect(dates([text], 'month-named-2')).toEqual([date]);
  });

  it('asks where one date can only be month first and others can be both', () => {
    const got = found(['03/04/2026', '11/25/2025']);
    expect(got).toMatchObject({ state: 'asks', form: null });
    expect(got.sentence).toContain('11/25/2025 (line 3) can only be month first');
    expect(got.choices.map(({ form, unread }) => [form, unread])).toEqual([
      ['day-first', 1],
      ['month-first', 0],
    ]);
    // Whatever the order of rows, and whatever else stands in the column.
    expect(found(['11/25/2025', '', '-', '3/4/2026', '01-Jan-2026'])).toMatchObject({ state: 'asks' });
    expect(found(['25/11/2025', '11/25/2025'])).toMatchObject({ state: 'asks' });
    expect(found(['3/4/26', '11/25/25'])).toMatchObject({ state: 'asks' });
    // What the person says is taken, and a date of the other order fails its row.
    expect(found(['03/04/2026', '11/25/2025'], { chosen: 'day-first' })).toMatchObject({
      state: 'chosen',
      form: 'day-first',
      unread: 1,
    });
    expect(readDateCell('11/25/2025', 'day-first')).toEqual({ kind: 'fault', fault: 'other-order' });
  });

  it('lets a neighbour speak for a column that is silent, and asks where they differ', () => {
    const silent = look(['03/04/2026']);
    const by = (cells: readonly string[]) => findDateForms([silent, look(cells)])[0];
    expect(by(['25/12/2026'])).toMatchObject({ state: 'sure', form: 'day-first' });
    expect(by(['12/25/2026'])).toMatchObject({ state: 'asks' });
    expect(by(['01-Jan-2026'])).toMatchObject({ state: 'suggested', form: 'day-first' });
    expect(findDateForms([look(['11/25/2025']), look(['25/12/2026'])])[0]).toMatchObject({ state: 'asks' });
  });

  it('keeps to what was said last time while it reads the column, and asks again when it does not', () => {
    expect(found(['03/04/2026'], { remembered: 'month-first' })).toMatchObject({ form: 'month-first' });
    expect(found(['25/04/2026'], { remembered: 'month-first' })).toMatchObject({
      state: 'sure',
      form: 'day-first',
    });
    expect(found(['03/04/2026', '12/25/2026'], { remembered: 'day-first' })).toMatchObject({ state: 'asks' });
    expect(found([], { remembered: 'month-first' })).toMatchObject({ state: 'empty', form: 'month-first' });
  });

  it('asks whether 31-DEC-12 is the end of time where it could be', () => {
    expect(found(['01-JAN-26', '31-DEC-12'], { isEnd: true })).toMatchObject({ state: 'asks' });
    expect(found(['01-JAN-26', '31-DEC-12'])).toMatchObject({ state: 'sure' });
    expect(found(['31-DEC-12'], { isEnd: true, remembered: 'month-named-2-no-end' })).toMatchObject({
      form: 'month-named-2-no-end',
    });
    expect(found(['31-DEC-12'], { isEnd: true, remembered: 'month-named-2' })).toMatchObject({
      state: 'asks',
    });
    expect(readDateCell('31-DEC-12', 'month-named-2-no-end')).toEqual({ kind: 'no-end' });
    expect(dates(['31-DEC-12', '30-DEC-12'], 'month-named-2')).toEqual(['2012-12-31', '2012-12-30']);
  });

  it('asks whether a two-digit year stands first or last, where the dates lie nearer if it stands first', () => {
    for (const cells of [['26-11-10', '26-12-31'], ['26-11-10'], ['26.01.05', '26.03.05', '27.03.17']]) {
      const got = found(cells);
      expect(got).toMatchObject({
        state: 'asks',
        form: null,
        sentence: expect.stringContaining('begin with the year'),
      });
      expect(got.choices.map(({ form }) => form)).toEqual(
        expect.arrayContaining(['day-first-2', 'year-first-2']),
      );
      expect(found(cells, { chosen: 'year-first-2' })).toMatchObject({ state: 'chosen', unread: 0 });
    }
    expect(dates(['26-11-10'], 'year-first-2')).toEqual(['2026-11-10']);
    // Slashes are British, and so is a column whose days vary more than its years.
    for (const cells of [
      ['01/05/26', '01/07/27'],
      ['10-11-26', '12-11-26', '01-12-26'],
    ])
      expect(found(cells).form).toBe('day-first-2');
  });

  it('reads two-digit years only where all of the column has them', () => {
    const mixed = found(['01-JAN-26', '01-Jan-2026']);
    expect(mixed).toMatchObject({ state: 'sure', form: 'month-named', unread: 1 });
    expect(mixed.sentence).toContain('1 date has a two-digit year');
    // 31-Dec-4712 in full beside them is no contradiction.
    expect(found(['01-JAN-26', ''])).toMatchObject({ form: 'month-named-2' });
    expect(readDateCell('01-JAN-26', 'month-named')).toEqual({ kind: 'fault', fault: 'short-year' });
  });

  it.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['61', '1900-03-01'],
    ['46023', '2026-01-01'],
    ['46023.25', '2026-01-01'],
    ['46023.999999', '2026-01-02'],
  ])('reads the Excel day %s as %s', (text, date) => {
    expect(dates([text], 'excel-days')).toEqual([date]);
  });

  it('takes numbers for days only where all of the column are numbers, and plausible ones', () => {
    expect(found(['46023', '', '46388.5'])).toMatchObject({ state: 'sure', form: 'excel-days' });
    expect(found(['46023', '13/01/2026'])).toMatchObject({ form: 'day-first', unread: 1 });
    expect(found(['2026'])).toMatchObject({ state: 'asks', form: null });
    expect(readDateCell('60', 'excel-days')).toEqual({ kind: 'fault', fault: 'unreadable' });
    expect(readDateCell('46023.25', 'excel-days')).toMatchObject({ time: '06:00:00' });
  });

  it.each([
    ['2026-03-31T23:00:00Z', '2026-04-01'],
    ['2027-06-30T23:00:00Z', '2027-07-01'],
    ['2026-01-31T00:00:00Z', '2026-01-31'],
    ['2026-03-31T23:00:00.000+00:00', '2026-04-01'],
    ['2026-04-01T00:00:00+01:00', '2026-04-01'],
    ['31-Mar-2026 23:00:00 UTC', '2026-04-01'],
    ['31/03/2026 23:00:00', '2026-03-31'],
    ['18-NOV-26 12.15.00.000000 AM', '2026-11-18'],
    ['2026-11-18 07:15', '2026-11-18'],
    ['20261118 071500', '2026-11-18'],
    ['18/11/2026 7:15 pm', '2026-11-18'],
  ])('takes the London day of %s: %s', (text, date) => {
    const form = found([text]).form ?? 'day-first';
    expect(dates([text], form)).toEqual([date]);
  });

  it.each([
    ['18-Nov-2026 12:15:00 AM', '00:15:00'],
    ['18-Nov-2026 12:15:00 PM', '12:15:00'],
    ['18-Nov-2026 1:05 p.m.', '13:05:00'],
    ['18-Nov-2026 11:59 am', '11:59:00'],
    ['18-Nov-2026 7am', '07:00:00'],
    ['18-Nov-2026 19:05', '19:05:00'],
  ])('reads the time of %s as %s', (text, time) => {
    expect(readDateCell(text, 'day-first')).toMatchObject({ kind: 'date', time });
  });

  it.each(['', ' ', '-', '–', '—', 'N/A', 'n/a', '#N/A', 'NULL', 'null', '(null)', 'none', 'None', '\\N'])(
    'takes %j for nothing',
    (text) => {
      for (const form of dateForms) expect(readDateCell(text, form)).toEqual({ kind: 'blank' });
    },
  );

  it.each([
    ...[
      '31-Dec-4712',
      '31-DEC-4712',
      '31/12/4712',
      '31.12.4712',
      '4712-12-31',
      '47121231',
      '31 December 4712',
    ],
    ...['December 31, 4712', '4712-12-31T00:00:00Z', '31/12/4712 23:59:59', '31/12/4712 00:00'],
  ])('takes %s for no end', (text) => {
    expect(readDateCell(text, found([text]).form ?? 'day-first')).toEqual({ kind: 'no-end' });
  });

  it.each([
    ...[
      '29/02/2026',
      '31-Apr-2026',
      '13/13/2026',
      '02-Janitor-2026',
      '02-Foo-2026',
      '=1+1',
      'tomorrow',
      'TBC',
    ],
    ...[
      '2026-11-02T25:00',
      '2026-11-02x',
      '00/00/0000',
      '18-Nov-2026 13:00 AM',
      '2026-13-01',
      '1/2',
      'Nov 2026',
    ],
  ])('does not guess at %s', (text) => {
    for (const form of dateForms) expect(readDateCell(text, form)).toMatchObject({ kind: 'fault' });
    expect(found([text, '01-Jan-2026'])).toMatchObject({ unread: 1 });
  });

  it('never takes what it cannot read for no end, nor throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), fc.constantFrom(...dateForms), (text, form) => {
        const cell = readDateCell(text, form);
        if (cell.kind === 'no-end') expect(text).toMatch(/4712|12/);
        if (cell.kind === 'date') expect(cell.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('counts every cell of a long column, and remembers each text once', () => {
    const column = new DateColumn('day-first');
    for (let i = 0; i < 60_000; i++) column.read(`${(i % 28) + 1}/01/${1950 + (i % 150)}`, i + 2);
    const all = [...column.evidence().values()].reduce((sum, one) => sum + one.count, 0);
    expect(all).toBe(60_000);
  });
});
