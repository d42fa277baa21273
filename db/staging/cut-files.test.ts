import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { ABLE, BAKER, createProofDesk, HEADER, NEXT, type ProofDesk } from './testing/proof-desk.ts';

let desk: ProofDesk;
beforeEach(async () => {
  desk = createProofDesk('cut', createImportFiles());
  await desk.begin();
});
afterEach(() => desk.close());

/** Columns of a row put in another order. */
const ordered = (order: readonly number[], ...rows: readonly string[]) =>
  rows.map((row) => order.map((at) => row.split(',')[at] ?? '').join(','));
const KEYED = '10000003,919BBAKE01,919 HR Data Entry,10-Nov-2026,';

describe('what may be the rest of somebody’s row', () => {
  const [NAME, URP, DATE] = [
    ['Full Name', HEADER, `Ann Able,${ABLE}`, `Bob Baker,${BAKER}`],
    [2, 0, 1, 3, 4],
    [3, 0, 1, 2, 4],
  ] as const;

  it('is no closing word: a lone name, responsibility or date below rows that begin with one', async () => {
    const id = await desk.keyed('SD-1', { number: '10000003' });
    const files = [
      `${NAME[0]},${NAME[1]}\n${NAME[2]}\nBob Ba\n`,
      `${[...ordered(URP, HEADER, ABLE, BAKER), '919 HR Data Entry'].join('\n')}\n`,
      `${[...ordered(DATE, HEADER, ABLE, BAKER), '10-Nov-2026'].join('\n')}\n`,
    ];
    for (const text of files) {
      const outcome = await desk.holdings(NEXT, text);
      expect(outcome.counts).toMatchObject({ failed: 1, ended: 0 });
      expect([desk.status(id), desk.kinds()]).toEqual(['keyed', []]);
    }
  });

  it('is passed over below rows that begin with a number, as is a total in any column', async () => {
    const closings = [
      'Prepared by Ann',
      'Total,,,,2',
      'Grand Total,,,,2',
      ',,,Total,2',
      ',,,Total: 2,',
      'Subtotal,2',
      'Totals,,2,,',
    ];
    for (const words of closings) {
      const outcome = await desk.holdings(NEXT, `${[HEADER, ABLE, BAKER, words].join('\n')}\n`);
      expect({ words, ...outcome.counts }).toMatchObject({ words, read: 2, failed: 0, ended: 0 });
    }
    // Somebody's number is nobody's total.
    const { counts } = await desk.holdings(
      NEXT,
      `${[HEADER, ABLE, BAKER, 'Total,10000002,,,'].join('\n')}\n`,
    );
    expect(counts).toMatchObject({ failed: 1, ended: 0 });
  });

  it('holds whoever stands in the last row where the file ends within a text', async () => {
    const id = await desk.keyed('SD-1', { number: '10000003' });
    const text = ordered([0, 1, 3, 4, 2], HEADER, ABLE, BAKER, KEYED).join('\n');
    expect(desk.preview(NEXT, text.slice(0, -3)).remarks.join(' ')).toContain('may be cut off');
    const outcome = await desk.holdings(NEXT, text.slice(0, -3));
    expect(outcome.counts).toMatchObject({ failed: 0, ended: 0 });
    expect(desk.status(id)).toBe('keyed');
    expect(desk.kinds()).not.toContain('keyed-but-not-seen');
  });

  it('is whole where blank last cells are left out everywhere, and cut off where other rows have more', async () => {
    const short = [ABLE, BAKER].map((row) => row.slice(0, -1));
    const outcome = await desk.holdings(NEXT, [HEADER, ...short].join('\n'));
    expect(outcome.counts).toMatchObject({ read: 2, failed: 0, ended: 0 });
    const cut = [HEADER, ABLE, short[1]].join('\n');
    await expect(desk.holdings(NEXT, cut)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });

  it('is nothing behind an end-of-file mark', async () => {
    const outcome = await desk.holdings(NEXT, `${[HEADER, ABLE, BAKER].join('\r\n')}\r\n\u001a`);
    expect(outcome.counts).toMatchObject({ read: 2, failed: 0 });
  });
});

describe('a column of ends under another name', () => {
  const under = (start: string, end: string, ...rows: readonly string[]) =>
    `${[HEADER.replace('Start Date', start).replace('End Date', end), ...rows].join('\n')}\n`;

  it.each([
    ['Start Date (dd/mm/yyyy)', 'End Date (dd/mm/yyyy)'],
    ['Resp Start Date', 'Resp End Date'],
    ['Start Date*', 'End Date *'],
  ])('is found: %s, %s', async (start, end) => {
    const id = await desk.keyed('SD-1', { number: '10000003' });
    await desk.holdings(NEXT, under(start, end, ABLE, BAKER, `${KEYED}11-Nov-2026`));
    expect(desk.status(id)).not.toBe('verified');
    expect(desk.held().join()).toContain('2026-11-11');
  });

  it('is asked for, and never let go in silence', async () => {
    for (const end of ['Access ends', 'Expires', 'Inactive from', 'Until'])
      await expect(desk.holdings(NEXT, under('Start Date', end, ABLE, BAKER))).rejects.toMatchObject({
        message: expect.stringContaining(`perhaps “${end}”`),
      });
    const mapping = { employeeNumber: 'Employee Number', username: 'User Name', urp: 'Responsibility' };
    const said = desk.preview(NEXT, under('Start Date', 'Until', ABLE, BAKER), { mapping });
    expect(said.remarks.join(' ')).toContain('“Until” is not used');
  });

  it('and two columns of one name are chosen by a person', async () => {
    const twice = `${HEADER},End Date\n${ABLE},\n${BAKER},\n`;
    await expect(desk.holdings(NEXT, twice)).rejects.toMatchObject({
      message: expect.stringContaining('perhaps “End Date”'),
    });
    const manager = `Employee Number,Manager,${HEADER}\n10000001,Chief,${ABLE}\n10000001,Chief,${BAKER}\n`;
    await expect(desk.holdings(NEXT, manager)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });
});
