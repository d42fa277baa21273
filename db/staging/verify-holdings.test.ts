import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const FULL = join(import.meta.dirname, '../../resources/sample-trust/GO_919_TST_GOF_20261102_00000101.DAT');
const HEADER = 'Employee Number,User Name,Responsibility,Start Date';
const KEYED_AT = '2026-11-10T09:00:00.000Z';

let bench: ImportBench;
let numbers: string[];
beforeEach(async () => {
  bench = createImportBench('verify', createImportFiles());
  mkdirSync(join(bench.dir, 'files'));
  await bench.apply(FULL);
  numbers = bench.store.db
    .prepare<[], string>('select distinct employee_number from person order by 1 limit 4')
    .pluck()
    .all();
});
afterEach(() => bench.close());

const write = (name: string, text: string): string => {
  const path = join(bench.dir, 'files', name);
  writeFileSync(path, text);
  return path;
};
const holdings = (takenAt: string, rows: readonly string[], startingPosition: boolean | null = null) =>
  bench.apply(write('holdings.csv', `${[HEADER, ...rows].join('\n')}\n`), {
    kind: 'holdings',
    takenAt,
    startingPosition,
  });
const held = (person: number, urp = 'Local Reports') =>
  `${numbers[person]},919USER0${person},919 ${urp},01-Nov-2026`;

/** Takes a form in, then puts it where an officer's keying would have put it. */
async function keyed(reference: string, person: number): Promise<string> {
  const form = {
    reference,
    submittedAt: '2026-11-05T09:00:00Z',
    requester: { name: 'R', employeeNumber: numbers[3] },
    beneficiary: { number: numbers[person], name: 'B' },
    accessRequested: '919 Local Reports',
    justification: 'Need',
    lineManager: { name: 'L', employeeNumber: numbers[3] },
    authorisation: null,
    attachments: [],
  };
  const file = { source: 'Portal', exportedAt: '2026-11-05T10:00:00Z', forms: [form] };
  await bench.apply(write('forms.json', JSON.stringify(file)), { kind: 'oneforms' });
  const { requests } = bench.context.access;
  const stored = requests.byReference(reference);
  if (!stored) throw new Error('the form was not taken in');
  const by = { userId: 'u', employeeNumber: null, at: KEYED_AT };
  const progress = {
    ...stored.request.progress,
    status: 'keyed' as const,
    keyed: { ...by, recordedAt: KEYED_AT, startDate: '2026-11-10', endDate: null },
  };
  const request = { ...stored.request, progress };
  bench.context.access.transaction(() =>
    requests.update({ ...stored, request, revision: stored.revision + 1 }, stored.revision),
  );
  return stored.request.id;
}
const status = (id: string) => bench.context.access.requests.get(id)?.request.progress.status;
const findings = () =>
  bench.context.access.findings
    .open()
    .map(({ kind, employeeNumber, urp }) => ({ kind, employeeNumber, urp }));
const events = (id: string) =>
  bench.context.access.ledger.bySubject('request', id).map((row) => row.operation);

describe('an extract of holdings', () => {
  it('must say whether it is the starting position when it is the first, and may not later', async () => {
    await expect(holdings('2026-11-02T07:15:00.000Z', [held(0)])).rejects.toMatchObject({ code: 'REFUSED' });
    await holdings('2026-11-02T07:15:00.000Z', [held(0)], true);
    expect(findings()).toEqual([]);
    await expect(holdings('2026-11-03T07:15:00.000Z', [held(0)], true)).rejects.toMatchObject({
      code: 'REFUSED',
    });
    await holdings('2026-11-03T07:15:00.000Z', [held(0)]);
    expect(findings()).toEqual([]);
  });

  it('closes what it shows, raises what it does not, and says when it proves nothing', async () => {
    await holdings('2026-11-02T07:15:00.000Z', [held(0, 'Local BI Reports')], false);
    expect(findings()).toEqual([
      { kind: 'seen-but-never-approved', employeeNumber: numbers[0], urp: 'Local BI Reports' },
    ]);
    const seen = await keyed('SD-1', 1);
    const missing = await keyed('SD-2', 2);

    const early = await holdings('2026-11-10T08:59:00.000Z', [held(0, 'Local BI Reports'), held(1)]);
    expect(early).toMatchObject({ verified: 0, notSeen: 0 });
    expect(early.provesNothing).toHaveLength(2);
    expect([status(seen), status(missing)]).toEqual(['keyed', 'keyed']);

    const late = await holdings('2026-11-16T07:15:00.000Z', [held(1)]);
    expect(late).toMatchObject({ verified: 1, notSeen: 1, neverApproved: 0 });
    expect([status(seen), status(missing)]).toEqual(['verified', 'not-seen']);
    // What the extract shows no more is settled by it; what was keyed and is missing is raised.
    expect(findings()).toEqual([
      { kind: 'keyed-but-not-seen', employeeNumber: numbers[2], urp: 'Local Reports' },
    ]);
    expect(events(seen)).toContain('request.verify');
    expect(events(missing)).toContain('request.notSeen');

    const later = await holdings('2026-11-17T07:15:00.000Z', [held(1), held(2)]);
    expect(later).toMatchObject({ verified: 1, notSeen: 0 });
    expect(status(missing)).toBe('verified');
    expect(findings()).toEqual([]);
  });

  it('proves nothing about a person whose row it could not read', async () => {
    await holdings('2026-11-02T07:15:00.000Z', [held(0)], true);
    const id = await keyed('SD-3', 1);
    const broken = held(1).replace('01-Nov-2026', '31-Nov-2026');
    const outcome = await holdings('2026-11-16T07:15:00.000Z', [held(0), broken]);
    expect(outcome).toMatchObject({ verified: 0, notSeen: 0, counts: { failed: 1 } });
    expect(outcome.provesNothing).toHaveLength(1);
    expect(status(id)).toBe('keyed');
    expect(findings()).toEqual([]);
  });

  it('remembers the mapping a person chose for the same headers', async () => {
    const text = `Nr,Konto,Profil\n${numbers[0]},919USER00,919 Local Reports\n`;
    const options = {
      kind: 'holdings',
      takenAt: '2026-11-16T07:15:00.000Z',
      startingPosition: true,
    } as const;
    const path = write('other.csv', text);
    await expect(bench.apply(path, options)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    const mapping = { employeeNumber: 'Nr', username: 'Konto', urp: 'Profil' };
    await bench.apply(path, { ...options, mapping });
    const again = await bench.apply(path, { ...options, startingPosition: null });
    expect(again.counts).toMatchObject({ new: 0, unchanged: 1 });
  });
});
