import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import type { ImportKind } from '../../electron/contract/imports.contract.ts';
import { CancelledError } from '../../electron/services/ground/ports.ts';
import { ServiceError } from '../../electron/services/ground/service-error.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample-trust');
const FULL = 'GO_919_TST_GOF_20261102_00000101.DAT';
const CHANGES = 'GO_919_TST_GOC_20261109_00000102.DAT';
const NEXT = 'GO_919_TST_GOF_20261116_00000102.DAT';
const GAP = 'GO_919_TST_GOC_20261116_00000103.DAT';
const BACK = 'GO_919_TST_GOC_20261116_00000100.DAT';

let bench: ImportBench;
let folder: string;
beforeEach(async () => {
  bench = createImportBench('refusals', createImportFiles());
  folder = join(bench.dir, 'files');
  mkdirSync(folder);
});
afterEach(() => bench.close());

const write = (name: string, bytes: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const sample = (name: string) => readFileSync(join(SAMPLE, name), 'utf8');
const loadFull = () => bench.apply(join(SAMPLE, FULL));

async function refusal(work: () => unknown): Promise<{ code: string; message: string; reason: unknown }> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { code: error.code, message: error.message, reason: error.details?.reason };
  }
  return { code: 'accepted', message: '', reason: null };
}

/** A GO file of the next run, whole and well-formed but for what `body` does. */
function go(
  rows: readonly string[],
  options: { name?: string; vpd?: string; count?: number; separator?: string } = {},
): string {
  const name = options.name ?? NEXT;
  const header = [
    'HDR',
    name,
    '20261116 041512',
    options.vpd ?? '919',
    '20261109 010000',
    '20261116 010000',
    '02',
  ];
  const trailer = `TRL~${options.count ?? rows.length + 2}`;
  return [header.join(options.separator ?? '~'), ...rows, trailer, ''].join('\n');
}
const LCA = `LCA~1~A~B${'~'.repeat(18)}`;

type Bad = readonly [why: string, reason: string, kind: ImportKind, path: () => string];
const HOLDINGS = 'Employee Number,User Name,Responsibility,Start Date\n';
const holdings = (text: string | Uint8Array) => () => write('holdings.csv', text);

const bad: readonly Bad[] = [
  ['empty', 'empty', 'go', () => write(NEXT, '')],
  ['binary', 'binary', 'go', () => write(NEXT, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]))],
  ['NUL bytes', 'binary', 'go', () => write(NEXT, go([LCA.replace('A', '\0')]))],
  [
    '17 GB',
    'too-large',
    'go',
    () => {
      const path = write(NEXT, go([LCA]));
      truncateSync(path, 17 * 1024 ** 3);
      return path;
    },
  ],
  ['a line of 10 MB', 'line-too-long', 'go', () => write(NEXT, go([`LCA~${'x'.repeat(10 * 1024 ** 2)}`]))],
  ['wrong delimiter', 'wrong-delimiter', 'go', () => write(NEXT, go([LCA], { separator: '|' }))],
  ['truncated mid-row', 'no-trailer', 'go', () => write(NEXT, go([LCA, LCA]).slice(0, -40))],
  [
    'cut off after a row',
    'no-trailer',
    'go',
    () => write(NEXT, `${go([LCA]).split('\n').slice(0, 2).join('\n')}\n`),
  ],
  [
    "another trust's VPD",
    'wrong-vpd',
    'go',
    () => write(NEXT.replace('919', '504'), go([LCA], { vpd: '504', name: NEXT.replace('919', '504') })),
  ],
  ['changes after a gap', 'wrong-sequence', 'go', () => write(GAP, go([LCA], { name: GAP }))],
  ['changes gone back', 'wrong-sequence', 'go', () => write(BACK, go([LCA], { name: BACK }))],
  ['wrong count', 'wrong-count', 'go', () => write(NEXT, go([LCA], { count: 5 }))],
  ['renamed', 'name-mismatch', 'go', () => write(NEXT.replace('20261116', '20261117'), go([LCA]))],
  ['no header', 'no-header', 'go', () => write(NEXT, `${LCA}\nTRL~2\n`)],
  [
    'holdings truncated mid-row',
    'truncated',
    'holdings',
    holdings(`${HOLDINGS}10000001,919ABC01,"919 Local Re`),
  ],
  ['holdings cut in a row', 'truncated', 'holdings', holdings(`${HOLDINGS}10000001,919ABC01`)],
  [
    "another trust's holdings",
    'wrong-vpd',
    'holdings',
    holdings(`${HOLDINGS}10000001,504ABC01,504 Local Reports,01-Jan-2026\n`),
  ],
  ['no column names', 'no-header-row', 'holdings', holdings('10000001\n10000002\n')],
  [
    'columns missing',
    'missing-columns',
    'holdings',
    holdings('Employee Number,User Name\n10000001,919ABC01\n'),
  ],
  ['holdings as UTF-16', 'encoding', 'holdings', holdings(Buffer.from(`\ufeff${HOLDINGS}`, 'utf16le'))],
  ['a spreadsheet', 'binary', 'holdings', holdings(Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000'))],
  ['JSON cut off', 'truncated', 'oneforms', () => write('forms.json', sample('oneforms.json').slice(0, 900))],
  ['other JSON', 'wrong-shape', 'oneforms', () => write('forms.json', '{"forms": 3}')],
];

describe('a bad file', () => {
  it('gets one clear sentence and changes nothing', async () => {
    await loadFull();
    const before = bench.state();
    const temporary = () => bench.store.db.prepare('select count(*) from sqlite_temp_master').pluck().get();
    for (const [why, reason, kind, path] of bad) {
      const file = path();
      const options = { kind, takenAt: '2026-11-16T07:15:00.000Z', startingPosition: true };
      for (const attempt of [() => bench.preview(file, options), () => bench.apply(file, options)]) {
        const refused = await refusal(attempt);
        expect({ why, code: refused.code, reason: refused.reason }).toEqual({
          why,
          code: 'FILE_REFUSED',
          reason,
        });
        expect(refused.message).toMatch(/^[A-Z].{10,200}\. [A-Z].{5,200}\.$/s);
        expect(refused.message).not.toMatch(/10000001|ABC01|undefined/);
        expect({ why, state: bench.state(), temporary: temporary() }).toEqual({
          why,
          state: before,
          temporary: 0,
        });
      }
    }
    // Control: the same well-formed file, with nothing wrong, does change something.
    await bench.apply(write(NEXT, go([LCA])));
    expect(bench.state()).not.toBe(before);
  });

  it('is refused as changes when no full file came before', async () => {
    expect((await refusal(() => bench.apply(join(SAMPLE, CHANGES)))).reason).toBe('changes-before-full');
  });

  it('is refused when it is no longer the file of the dry run', async () => {
    await loadFull();
    const path = write(NEXT, go([LCA]));
    const { sha256 } = bench.preview(path);
    const before = bench.state();
    writeFileSync(path, go([LCA.replace('A', 'Z')]));
    expect(await refusal(() => bench.apply(path, { sha256 }))).toMatchObject({ code: 'FILE_CHANGED' });
    expect(bench.state()).toBe(before);
  });
});

describe('a bad row', () => {
  it('fails alone, is told without its words, and takes nothing away', async () => {
    await loadFull();
    const lines = sample(FULL).split('\n');
    const person = lines.findIndex((line) => line.startsWith('PRA'));
    const fields = (lines[person] ?? '').split('~');
    fields[2] = '20261399';
    lines[person] = fields.join('~');
    lines[0] = go([]).split('\n')[0] ?? '';
    const preview = bench.preview(write(NEXT, lines.join('\n')));
    expect(preview.failures).toEqual([
      { record: 'People', reason: 'Its start date is not a date.', count: 1, lines: [person + 1] },
    ]);
    expect(preview.counts).toMatchObject({ new: 0, changed: 0, ended: 0, failed: 1 });
  });

  it('lists who and what is not known, and keeps it', async () => {
    await loadFull();
    const path = write(
      'holdings.csv',
      `${HOLDINGS}10000001,919ABC01,919 Local Reports,01-Jan-2026\n10000001,919ABC01,919 Odd,01-Jan-2026\n`,
    );
    const preview = bench.preview(path, { kind: 'holdings', takenAt: '2026-11-16T07:15:00.000Z' });
    expect(preview.unknown).toEqual([
      { what: 'person', value: '10000001', line: 2 },
      { what: 'access', value: 'Odd', line: 3 },
    ]);
    expect(preview.counts).toMatchObject({ new: 2, failed: 0 });
    expect(preview.asksStartingPosition).toBe(true);
  });
});

describe('a cancel', () => {
  it('at any look changes nothing, and the import goes through afterwards', async () => {
    await loadFull();
    for (const name of [CHANGES, 'oneforms.csv', 'holdings-1.csv']) {
      const path = join(folder, name);
      copyFileSync(join(SAMPLE, name), path);
      const before = bench.state();
      let at = 0;
      for (;;) {
        bench.cancelAt(at);
        const outcome = await bench.apply(path).catch((error: unknown) => error);
        if (!(outcome instanceof CancelledError)) break;
        at += 1;
        expect(bench.state()).toBe(before);
      }
      bench.cancelAt(null);
      // Reading, each table, the requests and the last look before the commit.
      expect(at).toBeGreaterThan(4);
      expect(
        bench.store.db
          .prepare("select count(*) from ledger_event where operation = 'imports.apply'")
          .pluck()
          .get(),
      ).toBe([CHANGES, 'oneforms.csv', 'holdings-1.csv'].indexOf(name) + 2);
    }
  });
});

describe('personal data that access administration does not need', () => {
  it('is nowhere in the store', async () => {
    const { importOrder, privateMarkers } = JSON.parse(sample('manifest.json')) as {
      importOrder: string[];
      privateMarkers: { what: string; pattern: string; example: string }[];
    };
    for (const name of importOrder) await bench.apply(join(SAMPLE, name));
    const tables = bench.store.db
      .prepare<[], string>(
        "select name from sqlite_schema where type = 'table' and name not like '%search%' and name not like 'sqlite_%'",
      )
      .pluck()
      .all();
    const values = tables.flatMap((table) =>
      bench.store.db.prepare<[], unknown[]>(`select * from "${table}"`).raw().all().flat(),
    );
    const text = values.filter((value) => typeof value === 'string').join('\n');
    expect(privateMarkers.length).toBeGreaterThan(10);
    for (const { what, pattern } of privateMarkers) {
      expect({ what, inFile: new RegExp(pattern).test(sample(FULL)) }).toEqual({ what, inFile: true });
      expect({ what, found: new RegExp(pattern).exec(text)?.[0] ?? null }).toEqual({ what, found: null });
    }
  });
});
