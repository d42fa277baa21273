import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

// Files as ESR, Excel and portals really write them, through the imports, on a real store.

let bench: ImportBench;
beforeEach(() => {
  bench = createImportBench('real-files', createImportFiles());
  mkdirSync(join(bench.dir, 'files'));
});
afterEach(() => bench.close());

const write = (name: string, bytes: string | Uint8Array): string => {
  const path = join(bench.dir, 'files', name);
  writeFileSync(path, bytes);
  return path;
};

const GO = 'GO_919_TST_GOF_20261102_00000101.DAT';
const person = (id: string, number: string, last: string, first: string) =>
  `PRA~${id}~20150101~~${number}~Ms.~${last}~${first}~~~~~~~~~20150101${'~'.repeat(17)}EMP~Employee${'~'.repeat(9)}`;
function goFile(rows: readonly (string | Buffer)[]): Buffer {
  const header = `HDR~${GO}~20261102 041512~919~20261101 010000~20261102 010000~02`;
  const all = [header, ...rows, `TRL~${rows.length + 2}`];
  return Buffer.concat(all.flatMap((row) => [Buffer.from(row), Buffer.from('\n')]));
}
const ABLE = person('9002', '10000002', 'Able', 'Ann');
const lastNames = () =>
  bench.store.db.prepare<[], string>('select last_name from person order by 1').pluck().all();

describe('one odd byte', () => {
  const odd = (byte: number) => {
    const [before, after] = person('9003', '10000003', 'B|ker', 'Zoë').split('|');
    return Buffer.concat([Buffer.from(before ?? ''), Buffer.from([byte]), Buffer.from(after ?? '')]);
  };

  it('that no encoding has costs one character of a GO file, told with line and field', async () => {
    const path = write(GO, goFile([ABLE, odd(0x8d)]));
    const { remarks, counts } = bench.preview(path);
    expect(counts).toMatchObject({ new: 2, failed: 0 });
    expect(remarks).toEqual([expect.stringContaining('line 3 (PRA, field 7)')]);
    await bench.apply(path);
    expect(lastNames()).toEqual(['Able', 'B\ufffdker']);
  });

  it('of the other encoding is read as it was written, and told', async () => {
    const path = write(GO, goFile([ABLE, person('9004', '10000004', 'Éilís', 'Zoë'), odd(0xe9)]));
    expect(bench.preview(path).remarks).toEqual([expect.stringContaining('line 4 (PRA, field 7)')]);
    await bench.apply(path);
    expect(lastNames()).toEqual(['Able', 'Béker', 'Éilís']);
  });
});

const HEADER = 'Employee Number,User Name,Responsibility,Start Date,End Date';
const LOCAL = '919 Local Reports';
const ANN = `10000002,919AABLE01,${LOCAL},01-Jan-2026,`;
const BOB = `10000003,919BBAKE01,${LOCAL},01-Jan-2026,`;
const BASE = `${HEADER}\n${ANN}\n${BOB}\n`;
const NEXT_TAKEN = '2026-11-16T07:00:00.000Z';

async function startWith(base = BASE): Promise<void> {
  await bench.apply(write(GO, goFile([ABLE, person('9003', '10000003', 'Baker', 'Bob')])));
  await bench.apply(write('base.csv', base), {
    kind: 'holdings',
    takenAt: '2026-11-09T07:00:00.000Z',
    startingPosition: true,
  });
}
const next = (text: string | Uint8Array) =>
  bench.preview(write('next.csv', text), { kind: 'holdings', takenAt: NEXT_TAKEN });

describe('the next extract of holdings, as people have it', () => {
  const NOTHING = { new: 0, changed: 0, ended: 0, unchanged: 2, failed: 0, read: 2 };
  const row = (line: string) => line.replace(/,$/, '');

  it.each([
    [
      'CR only, under titles',
      ['Active Responsibilities', 'Run date: 16-Nov-2026 07:15', HEADER, ANN, BOB, ''].join('\r'),
    ],
    ['a title with CRLF, then LF', `Active Responsibilities\r\n${BASE}`],
    ['a title with CR, then CRLF', `Active Responsibilities\r${BASE.replaceAll('\n', '\r\n')}`],
    ['each line with another end', `${HEADER}\r\n${ANN}\r${BOB}\n`],
    ['a title with an open quotation mark', `"Active Responsibilities\n\n${BASE}`],
    ['blank last cells left out', `${HEADER}\n${row(ANN)}\n${row(BOB)}\n`],
    ['a comma too many in the header', `${HEADER},\n${ANN}\n${BOB}\n`],
    ['a comma too many everywhere', `${HEADER},\n${ANN},\n${BOB},\n`],
    [
      'spaces and quotation marks round cells',
      `${HEADER}\n10000002, 919AABLE01 ,\u00a0"${LOCAL}" , 01-Jan-2026,\n${BOB}\n`,
    ],
    [
      'curly quotation marks round cells',
      `${HEADER}\n“10000002”,“919AABLE01”,“${LOCAL}”,01-Jan-2026,\n${BOB}\n`,
    ],
    [
      'a header with line breaks',
      `"Employee\nNumber",User Name,Responsibility,"Start\r\nDate",End Date\n${ANN}\n${BOB}\n`,
    ],
    ['tabs', BASE.replaceAll(',', '\t')],
    ['a dash after the VPD', BASE.replace('919 Local', '919-Local')],
  ])('is read whole: %s', async (_name, text) => {
    await startWith();
    expect(next(text).counts).toEqual(NOTHING);
  });

  it.each([
    ['End of report', false, [4]],
    ['End of report,,,,\n', true, [4]],
    ['\n*** End of Report ***\n\nPrinted 16-Nov-2026 07:15, page 1 of 1\n', true, [5, 7]],
    ['Total,2\n', true, [4]],
    ['2 rows selected.', false, [4]],
  ])('passes words below the last row over, and says so: %j', async (words, _ended, lines) => {
    await startWith();
    const preview = next(`${BASE}${words}`);
    expect(preview.counts).toEqual(NOTHING);
    expect(preview.remarks.filter((one) => one.includes('words'))).toEqual([
      expect.stringMatching(new RegExp(`^Lines? ${lines.join(' and ')} below the last row`)),
    ]);
  });

  it('passes the column names over where they come again', async () => {
    await startWith();
    const preview = next(
      `${HEADER}\n${ANN}\n\nEmployee number, User Name,Responsibility,Start Date,End Date\n${BOB}\n`,
    );
    expect(preview.counts).toEqual(NOTHING);
    expect(preview.remarks).toContain('Line 4: the column names once more. Passed over.');
  });

  it('fails words between rows, where they may stand for a row', async () => {
    await startWith();
    expect(next(`${HEADER}\n${ANN}\nWard One\n${BOB}\n`).counts).toMatchObject({ failed: 1, ended: 0 });
  });

  it.each([
    ['no rows', 'no-rows', `${HEADER}\n`],
    ['no rows and no line end', 'no-rows', HEADER],
    ['titles and words, no rows', 'no-rows', `Active Responsibilities\n${HEADER}\n\nEnd of report\n`],
    ['blank rows', 'no-rows', `${HEADER}\n,,,,\n\n , ,,,\n`],
    ['no readable row', 'no-readable-rows', `${HEADER}\n${ANN.replace('01-Jan', '01-Jab')}\n`],
    ['a row cut off', 'truncated', `${HEADER}\n${ANN}\n10000003,919BBAKE01`],
    ['a row cut off in its number', 'truncated', `${HEADER}\n${ANN}\n1000`],
    ['a row cut off in a quotation', 'truncated', `${HEADER}\n${ANN}\n10000003,"919BB`],
  ])('is refused: %s', async (_name, reason, text) => {
    await startWith();
    const before = bench.state();
    const path = write('next.csv', text);
    for (const attempt of [
      async () => bench.preview(path, { kind: 'holdings', takenAt: NEXT_TAKEN }),
      () => bench.apply(path, { kind: 'holdings', takenAt: NEXT_TAKEN }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'FILE_REFUSED', details: { reason } });
    }
    expect(bench.state()).toBe(before);
  });
});

describe('two headers alike', () => {
  it('are told apart, and the name that the file gives is its own', async () => {
    await startWith();
    const path = write(
      'next.csv',
      `Employee Number,Responsibility,Start Date,End Date,End Date,End Date (2)\n10000002,${LOCAL},01-Jan-2026,31-Dec-2026,31-Dec-2027,31-Dec-2028\n`,
    );
    const mapping = {
      employeeNumber: 'Employee Number',
      urp: 'Responsibility',
      startDate: 'Start Date',
      endDate: 'End Date (2)',
    };
    await bench.apply(path, { kind: 'holdings', takenAt: NEXT_TAKEN, mapping });
    expect(
      bench.store.db
        .prepare('select end_date from holding where until_import_id is null and employee_number = ?')
        .pluck()
        .all('10000002'),
    ).toEqual(['2028-12-31']);
  });
});

describe('quotation marks that are not closed', () => {
  const people = Array.from({ length: 30 }, (_, i) => `200000${String(i).padStart(2, '0')}`);
  const plain = (i: number) => `${people[i]},919U${i},${LOCAL},01-Jan-2026,`;
  const table = (rows: readonly string[]) => `${HEADER}\n${rows.join('\n')}\n`;
  const all = people.map((_, i) => plain(i));
  const strayed = (...at: number[]) =>
    table(all.map((one, i) => (at.includes(i) ? one.replace('919U', '"919U') : one)));

  it('between two of them no row is lost in silence, and nobody in it loses anything', async () => {
    await startWith(table(all));
    const { counts, failures } = next(strayed(9, 19));
    expect(counts).toMatchObject({ read: 20, failed: 1, ended: 0, new: 0, unchanged: 19 });
    expect(failures).toMatchObject([{ count: 1, lines: [11], lastLines: [21] }]);
  });

  it('one alone fails what comes after it, and takes nothing from anybody', async () => {
    await startWith(table(all));
    expect(next(strayed(9)).counts).toMatchObject({ read: 10, failed: 1, ended: 0, new: 0, unchanged: 9 });
  });

  it('runs over lines in a name: everybody named in the record is held', async () => {
    const header = `${HEADER},Full Name`;
    await startWith(`${header}\n${all.map((one) => `${one},"X"`).join('\n')}\n`);
    const rows = all.map((one, i) => `${one},${i === 3 ? '"Lou Benef' : '"Other A"'}`);
    expect(next(`${header}\n${rows.join('\n')}\n`).counts).toMatchObject({
      failed: 1,
      ended: 0,
      unchanged: 28,
    });
  });
});

const FORMS =
  'Reference,Submitted At,Requester Name,Requester Employee Number,Beneficiary Number,Beneficiary Name,Access Requested,Justification,Line Manager Name,Line Manager Employee Number,Line Manager Authorised,Authorised By,Authorised By Employee Number,Authorised At,Attachments';
const form = (reference: string, spell: (number: string) => string = (n) => n, why = 'why') =>
  `${reference},10/11/2026 10:00,Bob Baker,${spell('10000003')},${spell('10000002')},Ann Able,Local Reports,${why},Meera Chief,${spell('10000001')},Yes,Meera Chief,${spell('10000001')},10/11/2026 11:00,f.pdf`;
const forms = (...rows: string[]) => write('forms.csv', `${[FORMS, ...rows].join('\n')}\n`);

describe('a form that comes again in another spelling', () => {
  it('is the same form: nothing that was decided on it changes', async () => {
    await startWith();
    const { requests } = bench.context.access;
    await bench.apply(forms(form('0042317')), { kind: 'oneforms' });
    const stored = requests.byReference('0042317');
    if (stored === null) throw new Error('the form was not taken in');
    const progress = { ...stored.request.progress, status: 'approved' as const };
    const approved = { ...stored, request: { ...stored.request, progress }, revision: stored.revision + 1 };
    bench.context.access.transaction(() => requests.update(approved, stored.revision));
    const spelled = [form('0042317', (n) => `${n}.0`), form('42317'), form('="42317"', (n) => `'${n}`)];
    const { counts } = await bench.apply(forms(...spelled), { kind: 'oneforms' });
    expect(counts).toEqual({ read: 3, new: 0, changed: 0, ended: 0, unchanged: 3, failed: 0 });
    const {
      form: kept,
      formVersion,
      waiting,
      progress: now,
    } = requests.byReference('0042317')?.request ?? approved.request;
    expect({ kept, formVersion, waiting }).toEqual({
      kept: stored.request.form,
      formVersion: 1,
      waiting: null,
    });
    expect(now.status).toBe('approved');
    // Control: what somebody changed is a change, and two rows that disagree are not one form.
    expect(bench.preview(forms(form('42317').replace('10000002', '10000003'))).counts).toMatchObject({
      changed: 1,
    });
    expect(bench.preview(forms(form('42317'), form('0042317', undefined, 'other'))).counts).toMatchObject({
      unchanged: 1,
      failed: 1,
    });
  });
});

describe('forms between two stray quotation marks', () => {
  const rows = (stray: readonly number[], closing = '') =>
    [1, 2, 3, 4, 5, 6, 7].map((n) =>
      form(`SR${n}`, undefined, stray.includes(n) ? `"urgent cover${closing}` : 'why'),
    );

  it.each([
    ['both open', rows([4, 6])],
    [
      'the second closes',
      rows([4]).map((one, i) => (i === 5 ? one.replace(',why,', ',urgent cover",') : one)),
    ],
  ])('fail as one record: %s', async (_name, file) => {
    await startWith();
    const { counts, failures } = bench.preview(forms(...file), { kind: 'oneforms' });
    expect(counts).toMatchObject({ read: 5, new: 4, failed: 1 });
    expect(failures).toMatchObject([{ lines: [5], lastLines: [7] }]);
  });

  it('are forms where the reason has lines of its own', async () => {
    await startWith();
    const file = forms(form('SR1', undefined, '"First, this.\n\nThen: ""that"", and more."'), form('SR2'));
    expect(bench.preview(file, { kind: 'oneforms' }).counts).toMatchObject({ read: 2, new: 2, failed: 0 });
  });
});

describe('OneForms as JSON', () => {
  const one = {
    reference: 'SR1',
    submittedAt: '2026-11-10T10:00:00Z',
    requester: { name: 'Ann', employeeNumber: 10000003, email: 'a@x' },
    beneficiary: { number: '10000002', name: 'Ann Able' },
    accessRequested: 'Local Reports',
    justification: 'x',
    lineManager: null,
    authorisation: null,
    priority: 'P3',
  };
  const json = (forms: readonly unknown[]) =>
    write('forms.json', JSON.stringify({ source: 'Portal', exportedAt: '2026-11-19T08:00:00Z', forms }));

  it('are read, and fields that are not known are named in one remark', async () => {
    await startWith();
    const { counts, remarks } = bench.preview(json([one, { ...one, reference: 'SR2' }]), {
      kind: 'oneforms',
    });
    expect(counts).toMatchObject({ read: 2, new: 2, failed: 0 });
    expect(remarks).toEqual(['2 fields are not known here and let go: requester.email, priority.']);
  });

  it.each([
    ['no-rows', []],
    ['no-readable-rows', [{ ...one, accessRequested: null }, 7]],
  ])('are refused like any other file: %s', async (reason, rows) => {
    await startWith();
    expect(() => bench.preview(json(rows), { kind: 'oneforms' })).toThrow(
      expect.objectContaining({ code: 'FILE_REFUSED', details: { reason } }),
    );
  });
});
