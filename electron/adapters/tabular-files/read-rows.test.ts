import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { columnRules, mappedColumns, suggestMapping } from '../../domain/register/column-mapping.ts';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import type { FileFacts, PassedOver, TableFault, TableRow } from '../../services/imports/import-ports.ts';
import type { ReadOptions } from '../esr-files/read-lines.ts';
import { readTable } from './read-rows.ts';
import { inspectTable } from './read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Read {
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
  readonly faults: readonly TableFault[];
  readonly passed: readonly PassedOver[];
  readonly facts: FileFacts;
}
/** As an import of the kind reads it: with what is known of its columns. */
function read(kind: TabularKind, text: string, options: ReadOptions = {}): Read {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  const shape = inspectTable(path, kind);
  const columns = mappedColumns(suggestMapping(kind, shape.headers), shape.headers);
  const source = readTable(
    path,
    shape,
    options,
    columnRules(kind, columns, shape.delimiter, shape.headers.length),
  );
  const found = { rows: [] as TableRow[], faults: [] as TableFault[], passed: [] as PassedOver[] };
  for (;;) {
    const next = source.next();
    if (next.done) return { headers: shape.headers, ...found, facts: next.value };
    found.rows.push(...next.value.rows);
    found.faults.push(...next.value.faults);
    found.passed.push(...next.value.passed);
  }
}
const chunk = fc.constantFrom(64, 101, 1024 * 1024);
const end = fc.constantFrom('\n', '\r\n', '\r');
const delimiter = fc.constantFrom(',', ';', '\t', '|');

const HEADERS = ['Employee Number', 'User Name', 'Responsibility', 'Start Date', 'End Date'];
/** Numbers that no other row has, so that a row which is lost shows. */
const holding = (i: number, cells: readonly string[]) => [`${20_000_000 + i}`, `919U${i}`, ...cells];
const word = fc.string({
  unit: fc.constantFrom('a', 'B', 'é', ' ', "'", '=', '-', '6'),
  minLength: 1,
  maxLength: 8,
});

describe('ruled lines and page numbers', () => {
  const rule = fc.oneof(
    fc.constantFrom(
      'Page 3',
      'page 2 of 14',
      '- Page: 2/14 -',
      '----,----,----,----,----',
      '===',
      '*** ***',
      '─────',
    ),
    fc
      .array(fc.constantFrom('-----', '=====', ' ', '_____', '--'), { minLength: 5, maxLength: 5 })
      .map((cells) => (cells.every((cell) => cell.trim() === '') ? '--' : cells.join(','))),
  );
  it('are nobody’s, wherever they stand: every row is read, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(rule), { minLength: 1, maxLength: 9 }),
        end,
        fc.boolean(),
        (lines, nl, ended) => {
          const rows = lines.map((line, i) => line ?? holding(i, ['919 Local Reports', '', '']).join(','));
          const found = read('holdings', `${[HEADERS.join(','), ...rows].join(nl)}${ended ? nl : ''}`);
          expect(found.faults).toEqual([]);
          expect(found.rows.map(({ cells }) => cells[0])).toEqual(
            lines.flatMap((line, i) => (line === null ? [`${20_000_000 + i}`] : [])),
          );
          expect(found.passed).toHaveLength(lines.filter((line) => line !== null).length);
        },
      ),
    );
  });

  it.each(['Page Turner', 'Page 12 Emma', 'PAGE,1', '-5', 'x---'])('“%s” is none of them', (line) => {
    const found = read('holdings', `${HEADERS.join(',')}\n${line}\n20000001,919U1,919 Local Reports,,\n`);
    expect(found.passed).toEqual([]);
  });
});

describe('any table, however it is written', () => {
  const style = fc.record({
    delimiter,
    ends: fc.array(end, { minLength: 1, maxLength: 5 }),
    quoting: fc.constantFrom('all', 'needed', 'spaced'),
    bom: fc.boolean(),
    titles: fc.array(
      fc.constantFrom('ESR Active Responsibilities', '"Unclosed', '', 'Run date: 16-Nov-2026 07:15'),
      {
        maxLength: 4,
      },
    ),
    leaveOut: fc.boolean(),
    comma: fc.boolean(),
    footer: fc.array(fc.constantFrom('End of report', '*** 2 rows ***', '', 'Page 1 of 1'), { maxLength: 3 }),
    lastEnd: fc.boolean(),
    chunkBytes: chunk,
  });

  it('reads back the same', () => {
    const tail = fc.tuple(word, word, fc.oneof(word, fc.constant('')));
    const oddCell = fc.tuple(fc.nat(2), fc.constantFrom('"', ',', ';', '\t', '|', 'x"y"', ',"'));
    fc.assert(
      fc.property(fc.array(fc.tuple(tail, oddCell), { minLength: 1, maxLength: 6 }), style, (made, how) => {
        const rows = made.map(([cells, [at, odd]], i) =>
          holding(
            i,
            cells.map((cell, column) => (column === at && how.quoting === 'all' ? `${cell}${odd}` : cell)),
          ),
        );
        const quoted = (cell: string, round = '') => `${round}"${cell.replaceAll('"', '""')}"${round}`;
        const line = (cells: readonly string[], header = false) => {
          let last = cells.length;
          if (how.leaveOut && !header) while (cells[last - 1] === '') last -= 1;
          const written = cells.slice(0, last).map((cell) => {
            if (how.quoting === 'all') return quoted(cell);
            return how.quoting === 'spaced' && cell !== '' ? quoted(cell, ' ') : cell;
          });
          return written.join(how.delimiter) + (how.comma ? how.delimiter : '');
        };
        const lines = [
          ...how.titles,
          line(HEADERS, true),
          ...rows.map((cells) => line(cells)),
          ...how.footer,
        ];
        let text = how.bom ? '\ufeff' : '';
        for (const [i, one] of lines.entries()) {
          const last = i === lines.length - 1;
          if (!last || how.lastEnd || (how.leaveOut && how.footer.length === 0))
            text += one + how.ends[i % how.ends.length];
          else text += one;
        }
        const found = read('holdings', text, { chunkBytes: how.chunkBytes });
        expect(found.headers).toEqual(HEADERS);
        expect(found.faults).toEqual([]);
        expect(found.rows.map((row) => row.cells)).toEqual(rows);
        expect(found.passed).toHaveLength(how.footer.filter((one) => one !== '').length);
      }),
      { numRuns: 100 },
    );
  });

  it('reads what an independent parser reads, where the file is by the book', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '"', ',', 'é', ' '), maxLength: 6 })
      // What stands between two cells is never taken for text.
      .filter((text) => !text.includes('","'));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        (made) => {
          const rows = made.map((cells, i) => holding(i, cells));
          const text = [HEADERS, ...rows]
            .map((cells) =>
              cells.map((one) => (/[",]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(','),
            )
            .join('\n');
          const theirs: string[][] = parse(text, { from_line: 2 });
          expect(read('holdings', `${text}\n`).rows.map((row) => row.cells)).toEqual(theirs);
        },
      ),
    );
  });
});

const FORM_HEADERS = [
  'Reference',
  'Submitted At',
  'Beneficiary Number',
  'Access Requested',
  'Justification',
  'Authorised',
];
const TABLES = {
  holdings: {
    headers: HEADERS,
    row: (i: number) => holding(i, ['919 Local Reports', '01-Jan-2026', i % 3 ? '' : '31-Dec-2027']),
  },
  oneforms: {
    headers: FORM_HEADERS,
    row: (i: number) => [
      `SR${20_000_000 + i}`,
      '10/11/2026',
      `${20_000_000 + i}`,
      'Local Reports',
      'to do my work',
      i % 3 ? 'Yes' : '',
    ],
  },
  training: {
    headers: ['Employee Number', 'Competence', 'Status', 'Achieved On', 'Notes'],
    row: (i: number) => [
      `${20_000_000 + i}`,
      'Data Security',
      'Compliant',
      '01/02/2026',
      i % 3 ? 'by hand' : '',
    ],
  },
} as const;

describe('a mark in a quoted cell that nobody doubled', () => {
  const readRow = (row: string) => {
    const { rows, faults } = read('holdings', `${HEADERS.join(',')}\n${row}\n`);
    return { rows: rows.map(({ cells }) => cells), faults: faults.length };
  };

  it('makes one cell of several in a row that is short of them: the row fails', () => {
    for (const row of [
      '20000002,"919U2,9"19 Local Reports,01-Jan-2026",',
      '20000002,919U2,"919 Lo"cal Reports,01-Jan-2026",',
    ])
      expect(readRow(row)).toEqual({ rows: [], faults: 1 });
  });

  it('is part of a name in a row that has all its cells', () => {
    const row = '20000002,919U2,"919 "Local" Reports, Ward",01-Jan-2026,31-Dec-2027';
    expect(readRow(row).rows).toEqual([
      ['20000002', '919U2', '919 "Local" Reports, Ward', '01-Jan-2026', '31-Dec-2027'],
    ]);
  });
});

describe('stray quotation marks, put anywhere', () => {
  const marks = fc.array(fc.tuple(fc.nat(), fc.constantFrom('"', '"', '""')), { minLength: 1, maxLength: 4 });

  it.each(Object.keys(TABLES) as (keyof typeof TABLES)[])('never lose a row of %s in silence', (kind) => {
    const { headers, row } = TABLES[kind];
    let failed = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        marks,
        fc.constantFrom('bare', 'quoted'),
        fc.boolean(),
        end,
        chunk,
        (count, strays, quoting, leaveOut, lineEnd, chunkBytes) => {
          const made = Array.from({ length: count }, (_, i) => [...row(i)]);
          const body = made
            .map((cells) => {
              let last = cells.length;
              if (leaveOut) while (cells[last - 1] === '') last -= 1;
              return cells
                .slice(0, last)
                .map((cell) => (quoting === 'quoted' ? `"${cell}"` : cell))
                .join(',');
            })
            .join(lineEnd);
          let text = body;
          for (const [at, mark] of strays) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + mark + text.slice(place);
          }
          let found: Read;
          try {
            found = read(kind, headers.join(',') + lineEnd + text + lineEnd, { chunkBytes });
          } catch (error) {
            if (error instanceof FileRefused) return;
            throw error;
          }
          failed += found.faults.length;
          // What the import would take of a row, marks let go. A pair of them may well make one cell of two.
          const plain = (cells: readonly string[]) =>
            cells
              .map((cell) => cell.replaceAll('"', '').trim())
              .join(',')
              .replace(/,+$/, '');
          const rows = new Set(found.rows.map(({ cells }) => plain(cells)));
          // A row in quotation marks is one cell, which is no number or reference: the import fails it.
          const unread = found.rows.filter(({ cells: [first = ''] }) =>
            /2000\d{4}\D*,/.test(first.replaceAll('"', '')),
          );
          const raw = [
            ...found.faults.map((fault) => fault.raw),
            ...unread.map(({ cells }) => cells.join(',')),
          ]
            .join('\n')
            .replaceAll('"', '');
          for (const [i, cells] of made.entries()) {
            const told = rows.has(plain(cells)) || raw.includes(`${20_000_000 + i}`);
            expect({ i, told, text }).toEqual({ i, told: true, text });
          }
          // No row is made up of two.
          for (const { cells } of found.rows)
            expect(cells.join(' ').match(/2000\d{4}/g)?.length ?? 0).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 150 },
    );
    expect(failed).toBeGreaterThan(10);
  });

  it.each(Object.keys(TABLES) as (keyof typeof TABLES)[])(
    'leave each line of %s in a row, a fault or a remark',
    (kind) => {
      const { headers, row } = TABLES[kind];
      const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom('"', ',', '\n', '\r', '"\n"', ' "', '“')), {
        maxLength: 6,
      });
      fc.assert(
        fc.property(damage, end, (strays, lineEnd) => {
          let body = Array.from({ length: 6 }, (_, i) => row(i).join(',')).join(lineEnd);
          for (const [at, mark] of strays)
            body = body.slice(0, at % (body.length + 1)) + mark + body.slice(at % (body.length + 1));
          const text = headers.join(',') + lineEnd + body + lineEnd;
          let found: Read;
          try {
            found = read(kind, text);
          } catch (error) {
            if (error instanceof FileRefused) return;
            throw error;
          }
          const told = new Set<number>();
          for (const { line, lastLine } of [...found.rows, ...found.faults, ...found.passed]) {
            for (let one = line; one <= lastLine; one++) {
              expect({ one, twice: told.has(one) }).toEqual({ one, twice: false });
              told.add(one);
            }
          }
          const lines = text.split(/\r\n|\r|\n/);
          for (const [i, line] of lines.entries()) {
            if (i > 0 && line.replace(/[\s,"]/g, '') !== '')
              expect({ text, line: i + 1, told: told.has(i + 1) }).toEqual({ text, line: i + 1, told: true });
          }
        }),
        { numRuns: 100 },
      );
    },
  );
});
