import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { createRegisterReader } from '../repositories/register-reader.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample-trust');

let bench: ImportBench;
beforeEach(() => {
  bench = createImportBench('counts', createImportFiles());
});
afterEach(() => bench.close());

describe('the rows of a file', () => {
  it('are counted the same way by the dry run, the ledger, the past imports and the sources', async () => {
    const { importOrder } = JSON.parse(readFileSync(join(SAMPLE, 'manifest.json'), 'utf8')) as {
      importOrder: string[];
    };
    const register = createRegisterReader(bench.store.db);
    for (const name of importOrder) {
      const path = join(SAMPLE, name);
      const { counts, byRecord, kind } = bench.preview(path);
      const { importId, counts: written } = await bench.apply(path);
      const past = register.listImports({ offset: 0, limit: 50 }).rows.find(({ id }) => id === importId);
      const ledger = bench.context.access.ledger.bySubject('import', importId).at(-1);
      expect({ name, written }).toEqual({ name, written: counts });
      expect(past).toMatchObject({ new: counts.new, changed: counts.changed, ended: counts.ended });
      expect(JSON.stringify(ledger)).toContain(
        `${counts.new.toLocaleString('en-GB')} new, ${counts.changed.toLocaleString('en-GB')} changed`,
      );
      const sum = (of: 'read' | 'new') => byRecord.reduce((total, record) => total + record.counts[of], 0);
      expect({ name, read: sum('read'), new: sum('new') }).toEqual({
        name,
        read: counts.read,
        new: counts.new,
      });
      // Of a file that states all there is, the source shows the rows that were read.
      const whole = kind !== 'oneforms' && !name.includes('GOC');
      if (whole)
        expect({ name, rows: register.sources().get(kind)?.rows }).toEqual({ name, rows: counts.read });
    }
  });
});
