import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { ServiceError } from '../../electron/services/service-error.ts';
import { type GoName, goName, goText, SMALL } from './testing/go-text.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

let bench: ImportBench;
let folder: string;
beforeEach(() => {
  bench = createImportBench('go-import', createImportFiles());
  folder = join(bench.dir, 'files');
  mkdirSync(folder);
});
afterEach(() => bench.close());

/** Writes a whole file and answers its path. */
function file(name: GoName, rows: readonly string[], previous?: string): string {
  const path = join(folder, goName(name));
  writeFileSync(path, goText(name, rows, previous));
  return path;
}
const lastEvent = () =>
  bench.store.db
    .prepare<[], { seq: number; content: string }>('select * from ledger_event order by seq desc limit 1')
    .get();
async function refusal(work: () => unknown): Promise<{ code: string; message: string; reason: unknown }> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { code: error.code, message: error.message, reason: error.details?.reason };
  }
  return { code: 'accepted', message: '', reason: null };
}

describe('a full file out of turn', () => {
  it('is taken after a reason is given, which the ledger keeps sealed', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const late = file({ run: 120, day: '20261116' }, SMALL);
    expect(bench.preview(late).asksReason).toEqual([
      {
        why: 'out-of-turn',
        sentence:
          'This full file is run 120, but run 102 is due. It replaces the whole register all the same.',
      },
    ]);
    const before = bench.state();
    expect(await refusal(() => bench.apply(late))).toMatchObject({ code: 'REFUSED' });
    expect(bench.state()).toBe(before);
    await bench.apply(late, { reason: 'Zqreason: runs 102 to 119 were lost.' });
    expect(JSON.stringify(lastEvent())).toContain('out-of-turn');
    expect(JSON.stringify(lastEvent())).not.toContain('Zqreason');
    const disclosed = bench.store.db
      .prepare("select count(*) from ledger_disclosure where cast(value as text) like '%Zqreason%'")
      .pluck()
      .get();
    expect(disclosed).toBe(1);
    // The next run is counted from it.
    const changes = (run: number) => file({ run, kind: 'C', day: '20261117' }, []);
    expect((await refusal(() => bench.apply(changes(102)))).reason).toBe('wrong-sequence');
    expect((await refusal(() => bench.apply(changes(122)))).reason).toBe('wrong-sequence');
    expect((await refusal(() => bench.apply(changes(121)))).code).toBe('accepted');
  });

  it('needs no reason in turn, and keeps none that nobody asked for', async () => {
    await bench.apply(file({ run: 101 }, SMALL), { reason: 'Zqunasked' });
    for (const run of [101, 102]) {
      expect(bench.preview(file({ run, day: '20261116' }, SMALL)).asksReason).toEqual([]);
    }
    const texts = bench.store.db.prepare('select cast(value as text) from ledger_disclosure').pluck().all();
    expect(texts.join()).not.toContain('Zqunasked');
  });

  it('asks again where another file came in between', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const path = file({ run: 103 }, SMALL);
    const { sha256 } = bench.preview(path);
    expect(await refusal(() => bench.apply(path, { sha256 }))).toMatchObject({ code: 'REFUSED' });
  });
});
