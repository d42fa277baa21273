import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { TOO_MANY_CELLS } from '../../domain/register/table-shape.ts';
import type { TableFault, TableRow } from '../../services/imports/import-ports.ts';
import type { ReadOptions } from '../esr-files/read-lines.ts';
import { londonToInstant } from './london-instant.ts';
import { readOneFormsJson } from './one-forms-json.ts';
import { readTable } from './read-rows.ts';
import { inspectTable } from './read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-table-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (bytes: string | Uint8Array): string => {
  const path = join(folder, 'file.csv');
  writeFileSync(path, bytes);
  return path;
};
function table(bytes: string | Uint8Array, options: ReadOptions = {}) {
  const path = file(bytes);
  const shape = inspectTable(path, 'holdings', options);
  const rows: TableRow[] = [];
  const faults: TableFault[] = [];
  for (const batch of readTable(path, shape, options)) {
    rows.push(...batch.rows);
    faults.push(...batch.faults);
  }
  return { shape, rows, faults };
}
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal.code;
    throw error;
  }
  return 'accepted';
}

const TITLES = 'ESR Active Responsibilities\r\nRun date: 02-Nov-2026 07:15\r\n';
const HEADER = 'Employee Number,User Name,Responsibility\r\n';

describe('a table', () => {
  it('finds its header under titles and says when it was taken', () => {
    const { shape, rows } = table(`\ufeff${TITLES}\r\n${HEADER}10000001,919ABC01,919 Local Reports\r\n`);
    expect(shape).toMatchObject({
      headers: ['Employee Number', 'User Name', 'Responsibility'],
      headerLine: 4,
      delimiter: ',',
      takenAt: { date: '2026-11-02', time: '07:15:00' },
    });
    expect(rows).toEqual([{ line: 5, lastLine: 5, cells: ['10000001', '919ABC01', '919 Local Reports'] }]);
  });

  it('finds headings nobody knows under more titles than it has rows', () => {
    const { shape, rows } = table(
      `Finance\r\nA list\r\nOf few\r\nWer;Kennung;Am\r\n10000001;AS1;03/04/2026\r\n`,
    );
    expect(shape).toMatchObject({ headers: ['Wer', 'Kennung', 'Am'], headerLine: 4, delimiter: ';' });
    expect(rows).toHaveLength(1);
  });

  it.each([',', ';', '\t', '|'])('sniffs the delimiter %j', (d) => {
    const { shape, rows } = table(`${HEADER.replaceAll(',', d)}10000001${d}a${d}"b${d}c"\r\n`);
    expect(shape.delimiter).toBe(d);
    expect(rows[0]?.cells).toEqual(['10000001', 'a', `b${d}c`]);
  });

  it('gives back any cells that were written, whatever the chunks', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', "'", '=', 'é', ' '),
      maxLength: 8,
    });
    const row = fc.tuple(fc.constant('10000001'), cell, cell);
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 64, max: 90 }),
        (cells, chunkBytes) => {
          const body = cells.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n');
          const { rows, faults } = table(`${HEADER}${body}\r\n`, { chunkBytes });
          expect(faults.map(({ line, reason }) => ({ line, reason }))).toEqual([]);
          expect(rows.map((r) => r.cells)).toEqual(cells);
          // Line numbers are those an editor would show.
          let line = 2;
          for (const [i, r] of cells.entries()) {
            expect(rows[i]?.line).toBe(line);
            line += 1 + r.join('').split('\n').length - 1;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('collects ragged rows by line, keeps stray quotation marks, and goes on', () => {
    const { rows, faults } = table(
      `${HEADER}10000001,a\r\n10000002,a"b"c,6" pipe\r\n10000003,a,b,,\r\n,,\r\n10000004,a,b,c\r\n`,
    );
    expect(rows.map((r) => r.line)).toEqual([2, 3, 4]);
    // What was left out at the end of a row is blank.
    expect(rows[0]?.cells).toEqual(['10000001', 'a', '']);
    expect(rows[1]?.cells).toEqual(['10000002', 'a"b"c', '6" pipe']);
    expect(faults.map(({ line, reason, raw }) => ({ line, reason, raw }))).toEqual([
      { line: 6, reason: TOO_MANY_CELLS, raw: '10000004,a,b,c\r\n' },
    ]);
  });

  it('reads Windows-1252', () => {
    const { shape, rows } = table(
      Buffer.concat([Buffer.from(`${HEADER}10000001,O`), Buffer.from([0x92]), Buffer.from('B,x\r\n')]),
    );
    expect(shape.encoding).toBe('windows-1252');
    expect(rows[0]?.cells[1]).toBe('O’B');
  });

  it.each([
    ['truncated', `${HEADER}10000001,a,"b`],
    ['truncated', `${HEADER}10000001,a,b\r\n10000002,a`],
    ['truncated', `${HEADER}10000001,a,b\r\n1000`],
    ['no-header-row', '10000001\r\n10000002\r\n'],
    ['no-header-row', '123,456\r\n123,456\r\n'],
    ['empty', ''],
    ['binary', `${HEADER}1\u0000,a,b\r\n`],
    ['encoding', Buffer.from(`\ufeff${HEADER}`, 'utf16le')],
    ['line-too-long', `${HEADER}1,${'x'.repeat(10 * 1024 * 1024)},b\r\n`],
  ])('is refused as %s (%#)', (code, bytes) => {
    expect(refusal(() => table(bytes))).toBe(code);
  });
});

const form = {
  reference: 'SD-1',
  submittedAt: '2026-11-03T09:00:00',
  requester: { name: 'A', employeeNumber: '10000001' },
  beneficiary: { number: '10000002-2', name: 'B' },
  accessRequested: 'Local Reports',
  justification: 'Need',
  lineManager: { name: 'C', employeeNumber: '10000003' },
  authorisation: { authorised: true, by: 'C', byEmployeeNumber: '10000003', at: '2026-06-03T10:00:00' },
  attachments: ['a.pdf'],
};
const json = (forms: unknown) =>
  JSON.stringify({ source: 'Portal', exportedAt: '2026-11-03T12:00:00Z', forms });

describe('OneForms as JSON', () => {
  const read = (text: string) => readOneFormsJson(file(text), londonToInstant);

  it('reads each form by itself and says paths only', () => {
    const result = read(
      json([form, { ...form, reference: '', SECRET: 1 }, { ...form, submittedAt: 'SECRET' }, 7]),
    );
    expect(result.rows[0]).toMatchObject({
      ok: true,
      form: {
        accessAsTyped: 'Local Reports',
        authorisation: { on: '2026-06-03T09:00:00.000Z', by: { number: '10000003' } },
      },
    });
    expect(result.rows.slice(1).map((r) => r.ok)).toEqual([false, false, false]);
    expect(JSON.stringify(result.rows.slice(1))).not.toContain('SECRET');
    expect(result.exportedAt).toBe('2026-11-03T12:00:00.000Z');
  });

  it('lets go of fields that nobody here knows, and names each once', () => {
    const more = {
      ...form,
      priority: 'P3',
      requester: { ...form.requester, email: 'a@x' },
      authorisation: { ...form.authorisation, via: { name: 'mail' } },
    };
    const text = JSON.stringify({
      source: 'Portal',
      page: 1,
      exportedAt: '2026-11-03T12:00:00Z',
      forms: [more, form, more],
    });
    const { rows, unknownFields } = read(text);
    expect(unknownFields).toEqual(['page', 'requester.email', 'authorisation.via', 'priority']);
    expect(rows[0]).toEqual({ ...rows[1], index: 1 });
    expect(rows.every((row) => row.ok)).toBe(true);
  });

  it('reads what a portal leaves out as not there', () => {
    const { reference, submittedAt, beneficiary, accessRequested } = form;
    const [row] = read(
      json([{ reference, submittedAt, beneficiary: { number: beneficiary.number }, accessRequested }]),
    ).rows;
    expect(row).toMatchObject({
      ok: true,
      form: {
        requester: { number: null, name: null },
        beneficiary: { number: '10000002-2', name: null },
        lineManager: { number: null, name: null },
        authorisation: null,
        justification: '',
        attachments: [],
      },
    });
  });

  it('reads a person’s number under either of the names that portals give it, and never two', () => {
    const asOther = {
      ...form,
      requester: { name: 'A', number: 10000001 },
      beneficiary: { employeeNumber: '10000002-2', name: 'B' },
      lineManager: { name: 'C', number: '10000003', employeeNumber: '10000003' },
      attachments: [{ name: 'a.pdf', size: 3 }],
    };
    const both = { ...form, beneficiary: { ...form.beneficiary, employeeNumber: '10000009' } };
    const { rows, unknownFields } = read(json([form, asOther, both]));
    expect(rows[1]).toEqual({ ...rows[0], index: 2 });
    expect(rows[2]).toMatchObject({ ok: false });
    expect(unknownFields).toEqual([]);
  });

  it('does without the moment of the export where the portal leaves it out', () => {
    for (const exportedAt of [null, undefined, '', 'N/A'])
      expect(read(JSON.stringify({ exportedAt, forms: [form] }))).toMatchObject({
        exportedAt: null,
        rows: [{ ok: true }],
      });
  });

  it('keeps the digits of a number that is written as one', () => {
    const text = json([{ ...form, reference: 42317, beneficiary: { number: 7654321, name: null } }]).replace(
      '7654321',
      '1.00E+07',
    );
    expect(read(text).rows[0]).toMatchObject({
      ok: true,
      form: { reference: '42317', beneficiary: { number: '1.00E+07' } },
    });
  });

  it('reads a list of forms, or one form, with nothing round it', () => {
    for (const whole of [[form], form])
      expect(read(JSON.stringify(whole))).toMatchObject({
        exportedAt: null,
        unknownFields: [],
        rows: [{ ok: true, form: { reference: 'SD-1' } }],
      });
    expect(() => read('{"things":[]}')).toThrow();
  });

  it('says how dates are read that could be read otherwise', () => {
    const at = (submittedAt: string) =>
      read(json([{ ...form, submittedAt, authorisation: null }])).remarks.join();
    expect(at('10/11/2026 10:00')).toContain('Day first: 10/11/2026 10:00 is 10 Nov 2026');
    expect(at('2026-11-10T10:00:00Z')).toBe('');
  });

  it('takes the number of the post where a form has both, and refuses numbers of two people', () => {
    const forms = [
      { employeeNumber: '10000002', assignmentNumber: '10000002-2' },
      { number: '10000002-2', employeeNumber: '10000002' },
      { number: '10000002', employeeNumber: '10000002.0' },
      { number: '10000002', assignmentNumber: '10000003-2' },
    ].map((beneficiary) => ({ ...form, beneficiary }));
    const { rows } = read(json(forms));
    expect(rows.map((row) => (row.ok ? row.form.beneficiary.number : row.reason))).toEqual([
      '10000002-2',
      '10000002-2',
      '10000002',
      expect.stringContaining('its numbers are not of one person'),
    ]);
  });

  it('takes words that stand for nothing as nothing, as a table does', () => {
    const requester = { name: 'N/A', employeeNumber: '-' };
    expect(read(json([{ ...form, requester, lineManager: { name: 'null' } }])).rows[0]).toMatchObject({
      ok: true,
      form: { requester: { number: null, name: null }, lineManager: { number: null, name: null } },
    });
  });

  it.each<[unknown, boolean | null]>([
    [true, true],
    [' Yes', true],
    ['“approved”', true],
    [false, false],
    ['', false],
    [null, false],
    ['N/A', false],
    [1, true],
    ['Not approved', false],
    ['Authorized', true],
    ['maybe', null],
  ])('takes %j as authorised: %s', (authorised, said) => {
    const [row] = read(json([{ ...form, authorisation: { ...form.authorisation, authorised } }])).rows;
    expect(row?.ok ? row.form.authorisation !== null : null).toBe(said);
  });

  it('reads dates as all of its forms show them, and in neither way what they leave open', () => {
    const dates = (...submitted: readonly string[]) =>
      read(json(submitted.map((at, i) => ({ ...form, reference: `SD-${i}`, submittedAt: at })))).rows.map(
        (row) => (row.ok ? row.form.submittedAt.slice(0, 10) : row.reason),
      );
    expect(dates('03/04/2026 09:00', '25/04/2026 09:00')).toEqual(['2026-04-03', '2026-04-25']);
    expect(dates('11/25/2025 09:00 AM')).toEqual(['2025-11-25']);
    expect(dates('01-NOV-26 09.00.00 AM')).toEqual(['2026-11-01']);
    const open = 'submittedAt can be read two ways, and the export does not show which.';
    expect(dates('03/04/2026', '11/25/2025', '2026-11-03T09:00:00Z')).toEqual([open, open, '2026-11-03']);
  });

  it.each([
    ['not-json', '{"forms": oops}'],
    ['truncated', json([form]).slice(0, -20)],
    ['wrong-shape', '{"exportedAt": "2026-11-03T12:00:00Z"}'],
    ['wrong-shape', '[]'],
    ['wrong-shape', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['wrong-shape', json({ __proto__: [] })],
    ['binary', json([form]).replace('A', '\0')],
    ['empty', ''],
  ])('is refused as %s (%#)', (code, text) => {
    expect(refusal(() => read(text))).toBe(code);
  });
});
