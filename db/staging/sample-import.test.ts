import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { byNumberAlone } from '../../electron/domain/people/person-key.ts';
import { decide } from '../../electron/domain/requests/transitions.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample-trust');
const manifest = JSON.parse(readFileSync(join(SAMPLE, 'manifest.json'), 'utf8')) as {
  readonly importOrder: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly holdings2: {
    readonly granted: readonly unknown[];
    readonly seenNeverApproved: readonly unknown[];
  };
};

describe('the sample trust through the ordinary imports', () => {
  let bench: ImportBench;
  beforeAll(() => {
    bench = createImportBench('sample', createImportFiles());
  });
  afterAll(() => bench.close());
  const count = (sql: string) => bench.store.db.prepare(sql).pluck().get();

  it('takes every file in order, and the dry run says what the import does', async () => {
    for (const name of manifest.importOrder) {
      const before = bench.state();
      const preview = bench.preview(join(SAMPLE, name));
      expect(bench.state()).toBe(before);
      const outcome = await bench.apply(join(SAMPLE, name), { sha256: preview.sha256 });
      expect(outcome.counts).toEqual(preview.counts);
      expect({ name, failures: preview.failures }).toEqual({ name, failures: [] });
    }
    expect(count('select count(*) from request')).toBe(manifest.counts.forms);
    expect(count('select count(*) from holding where until_import_id is null')).toBe(
      manifest.counts['rows in holdings-2.csv'],
    );
    expect(count("select count(*) from ledger_event where operation = 'imports.apply'")).toBe(
      manifest.importOrder.length,
    );
    // Nobody approved anything here, so what was granted between the extracts is raised with what nobody asked for.
    const { granted, seenNeverApproved } = manifest.holdings2;
    expect(count("select count(*) from finding where kind = 'seen-but-never-approved'")).toBe(
      granted.length + seenNeverApproved.length,
    );
  });

  it('changes nothing when a form, a holdings file or a run comes again', async () => {
    const run = manifest.importOrder.find((name) => name.includes('_GOC_')) ?? '';
    const register = () =>
      bench.store.db
        .prepare(
          'select person_id, effective_from, effective_to, last_name from person where until_import_id is null order by 1, 2',
        )
        .all();
    const before = register();
    for (const name of ['oneforms.json', 'holdings-2.csv', run]) {
      const outcome = await bench.apply(join(SAMPLE, name));
      expect({ name, ...outcome.counts }).toMatchObject({ name, new: 0, ended: 0 });
      if (name !== run) expect(outcome.counts.changed).toBe(0);
    }
    expect(register()).toEqual(before);
  });

  it('a form that comes again keeps the access and the person an officer chose for it', async () => {
    const { requests } = bench.context.access;
    const id =
      bench.store.db.prepare<[], string>('select id from request where urp is null limit 1').pluck().get() ??
      '';
    const stored = requests.get(id);
    if (!stored) throw new Error('the sample has no form with unknown access');
    const actor = { userId: 'u', employeeNumber: null };
    const command = { kind: 'chooseAccess', urp: 'Local Reports', authorisationNeeded: true } as const;
    const decision = decide(stored.request, command, { actor, now: stored.changedAt, who: byNumberAlone });
    if (!decision.ok) throw new Error(decision.sentence);
    requests.update({ ...stored, request: decision.next, revision: stored.revision + 1 }, stored.revision);
    const again = await bench.apply(join(SAMPLE, 'oneforms.csv'));
    expect(again.counts).toMatchObject({ new: 0, changed: 0 });
    expect(requests.get(id)?.request.urp).toBe('Local Reports');
    // The file says nothing of its age, and one form in it is here in a newer version.
    expect(bench.preview(join(SAMPLE, 'oneforms.csv')).remarks.join(' ')).toContain('1 of its forms');
  });

  it('an older export of the forms takes nothing back', async () => {
    const versions = count('select count(*) from request_version');
    const outcome = await bench.apply(join(SAMPLE, 'oneforms.csv'), { takenAt: '2026-10-01T00:00:00.000Z' });
    expect(outcome.counts).toMatchObject({ new: 0, changed: 0 });
    expect(count('select count(*) from request_version')).toBe(versions);
  });
});
