import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { StoreConnection } from '../db/connection.ts';
import { migrateStore } from '../db/migrate.ts';
import { tableSpecs } from '../db/staging/table-specs.ts';
import { createImportBench } from '../db/staging/testing/import-bench.ts';
import { createTestStore, makeFolder, NOW } from '../db/testing/store-folder.ts';
import { createImportFiles } from '../electron/adapters/tabular-files/import-files.ts';
import { bundle } from './lib/bundled.ts';
import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';
import { type TrustFile, writeTrustFiles } from './lib/trust-files.ts';

interface Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly unknown[][];
}

const now = (): number => performance.now();

/** A large trust's file may take more time beside its rows, and must fit into memory. */
const LARGE = 200_000;
const MOST_MEGABYTES = 600;

/** The most memory that the import of a file has in a process of its own, which Electron as Node takes some 90 MB of. */
async function peakOf(file: string): Promise<number> {
  const lib = path.join(import.meta.dirname, 'lib');
  const script = await bundle(path.join(lib, 'import-apart.ts'), path.join(lib, '../../out/bench'));
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return Number(execFileSync(process.execPath, [script, file], { env, encoding: 'utf8' }).trim());
}

/** What the import kept, as plain arrays, in the order it was kept. */
function readKept(db: StoreConnection): readonly Rows[] {
  return ['location', 'organisation', 'position', 'person', 'assignment'].map((name) => {
    const spec = tableSpecs()[name as 'person'];
    const columns = ['from_import_id', 'until_import_id', ...spec.columns.map(({ column }) => column)];
    const rows = db
      .prepare<[], unknown[]>(`select ${columns.join(', ')} from ${spec.register} order by row_id`)
      .raw()
      .all() as unknown as unknown[][];
    return { table: spec.register, columns, rows };
  });
}

/** Imports the full file into a new store, as the job thread does after the dry run was looked at; then the first holdings. */
async function importOnce(
  go: TrustFile,
  holdings: TrustFile,
): Promise<{ readonly ms: number; readonly holdingsMs: number; readonly kept: readonly Rows[] }> {
  const bench = createImportBench('bench-import', createImportFiles());
  const timed = async ({ file, options }: TrustFile) => {
    const began = now();
    await bench.apply(file, options);
    return now() - began;
  };
  try {
    const ms = await timed(go);
    const holdingsMs = await timed(holdings);
    return { ms, holdingsMs, kept: readKept(bench.store.db) };
  } finally {
    bench.close();
  }
}

/** The same rows from memory into the same kind of store, with the same indexes, in one transaction. */
function insertOnce(kept: readonly Rows[]): number {
  const folder = makeFolder('bench-insert');
  const { db, close } = createTestStore(path.join(folder.dir, 'store.db'));
  try {
    migrateStore(db, {
      migrationsDir: path.join(import.meta.dirname, '../db/migrations'),
      backupDir: folder.dir,
      now: NOW,
      proveCopy: () => undefined,
    });
    const began = now();
    db.transaction(() => {
      for (const { table, columns, rows } of kept) {
        const insert = db.prepare<unknown[]>(
          `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        );
        for (const row of rows) insert.run(...row);
      }
    })();
    return now() - began;
  } finally {
    close();
    folder.remove();
  }
}

/** GO full import (read, check, stage, compare, write, ledger event) over inserting what it keeps. */
export async function benchImport({ options, runs, say }: Bench): Promise<readonly Figure[]> {
  const folder = makeFolder('bench-files');
  try {
    const { people } = options;
    const [full, held] = writeTrustFiles(folder.dir, { people, requests: 50 });
    if (full === undefined || held === undefined) throw new Error('the generator wrote no full file');
    const peak = await peakOf(full.file);
    const ours: number[] = [];
    const theirs: number[] = [];
    const holdings: number[] = [];
    const { kept } = await importOnce(full, held);
    const count = kept.reduce((sum, { rows }) => sum + rows.length, 0);
    insertOnce(kept);
    for (let i = 0; i < runs; i += 1) {
      theirs.push(insertOnce(kept));
      const { ms, holdingsMs } = await importOnce(full, held);
      ours.push(ms);
      holdings.push(holdingsMs);
      say(`insert ${theirs.at(-1)?.toFixed(0)} ms; import ${ours.at(-1)?.toFixed(0)} ms`);
    }
    return [
      {
        name: `GO full import of ${people.toLocaleString('en-GB')} people, over inserting the kept columns`,
        judged: 'ratio',
        target: people > LARGE ? 2.2 : 2,
        ours: { what: 'file to register', unit: 'ms', values: ours },
        theirs: { what: 'rows in memory to register', unit: 'ms', values: theirs },
        note: `${count.toLocaleString('en-GB')} rows kept; encrypted store, one transaction, the same indexes.`,
      },
      {
        name: `First holdings import of ${people.toLocaleString('en-GB')} people, over their GO import`,
        judged: 'ratio',
        target: 1,
        ours: { what: 'holdings, with their starting position', unit: 'ms', values: holdings },
        theirs: { what: 'GO file to register', unit: 'ms', values: ours },
      },
      {
        name: `GO full import of ${people.toLocaleString('en-GB')} people: memory at most`,
        judged: 'p95',
        target: MOST_MEGABYTES,
        ours: { what: 'the process', unit: 'MB', values: [peak] },
      },
    ];
  } finally {
    folder.remove();
  }
}
