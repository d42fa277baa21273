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
