import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { generateInMemory } from '../../scripts/sample-trust/testing.ts';
import { createImportBench } from './testing/import-bench.ts';

type Spelling = Partial<Parameters<typeof generateInMemory>[0]>;

/** What the register holds after a sample trust, written so, came in by the ordinary imports. */
async function taken(spelling: Spelling) {
  const trust = generateInMemory({ people: 200, seed: 7, ...spelling });
  const bench = createImportBench('spelled', createImportFiles());
  try {
    const folder = join(bench.dir, 'files');
    mkdirSync(folder);
    for (const [name, bytes] of trust.files) writeFileSync(join(folder, name), bytes);
    const failures: string[] = [];
    for (const name of trust.manifest.importOrder) {
      const outcome = await bench.apply(join(folder, name));
      if (outcome.counts.failed > 0) failures.push(`${name}: ${outcome.counts.failed}`);
    }
    const rows = (sql: string) => bench.store.db.prepare(sql).raw().all();
    return {
      failures,
      people: rows(
        'select person_id, employee_number, last_name from person where until_import_id is null order by 1, 2, 3',
      ),
      holdings:
        rows(`select employee_number, username, exported_name, start_date, end_date, account_end from holding
        where until_import_id is null order by 1, 2, 3, 4, 5`),
      findings: rows('select kind, employee_number, urp from finding order by 1, 2, 3'),
    };
  } finally {
    bench.close();
  }
}

describe('a sample trust in other spellings', () => {
  it.each<Spelling>([
    { grownLayout: true, otherRecords: true },
    { dates: 'oracle', numbers: 'mixed' },
    { dates: 'day-first', numbers: 'formula' },
    { dates: 'iso', numbers: 'thousands' },
    { dates: 'serial', numbers: 'decimal' },
  ])('is the same trust: %j', async (spelling) => {
    const found = await taken(spelling);
    expect(found.failures).toEqual([]);
    expect(found).toEqual(await plain);
  });
});

const plain = taken({});
