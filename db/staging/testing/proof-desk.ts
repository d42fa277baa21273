import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportOutcome, ImportPreview } from '../../../electron/contract/imports.contract.ts';
import type { AccessRequest } from '../../../electron/domain/requests/request.ts';
import type { StoredFinding } from '../../../electron/services/ground/ports.ts';
import type { FileOptions } from '../../../electron/services/imports/import-context.ts';
import type { ImportFiles } from '../../../electron/services/imports/import-ports.ts';
import { goName, goText, person, post, SMALL } from './go-text.ts';
import { createImportBench, type ImportBench } from './import-bench.ts';

export const HEADER = 'Employee Number,User Name,Responsibility,Start Date,End Date';
/** What three people have at the start, of whom the first has nothing. */
export const ABLE = '10000002,919AABLE01,919 Local Reports,01-Jan-2026,';
export const BAKER = '10000003,919BBAKE01,919 Local Reports,01-Jan-2026,';
export const START = '2026-11-09T07:00:00.000Z';
export const NEXT = '2026-11-16T07:00:00.000Z';
export const KEYED_AT = '2026-11-10T10:00:00.000Z';

interface Keying {
  readonly number?: string;
  readonly urp?: string;
  readonly from?: string;
  readonly end?: string | null;
  readonly at?: string;
  /** Last day of the Caldicott Guardian's exception. */
  readonly until?: string | null;
}

export interface ProofDesk {
  readonly bench: ImportBench;
  /** Lines below the header, or a whole text. */
  readonly holdings: (
    takenAt: string,
    content: readonly string[] | string,
    options?: Partial<FileOptions>,
  ) => Promise<ImportOutcome>;
  readonly preview: (
    takenAt: string,
    content: readonly string[] | string,
    options?: Partial<FileOptions>,
  ) => ImportPreview;
  /** The base files: three people, and what two of them hold, accepted as the starting position. */
  readonly begin: (startingPosition?: boolean, rows?: readonly string[]) => Promise<ImportOutcome>;
  /** A form that stands where an officer's keying would have put it; its request's id. */
  readonly keyed: (reference: string, keying?: Keying) => Promise<string>;
  /** A changes file: person 9002 has a new employee number. */
  readonly renumber: () => Promise<ImportOutcome>;
  /** A changes file: the contract of person 9002 ends on this day. */
  readonly endPosts: (day: string) => Promise<ImportOutcome>;
  /** A full file in which person 9002 is 9012, with the same number. */
  readonly remake: () => Promise<ImportOutcome>;
  /** A changes file: people 9002 and 9003 have one another's employee number. */
  readonly swapNumbers: () => Promise<ImportOutcome>;
  readonly change: (id: string, change: (request: AccessRequest) => AccessRequest) => void;
  readonly status: (id: string) => string | undefined;
  readonly open: () => readonly StoredFinding[];
  readonly kinds: () => readonly string[];
  /** Current rows of holdings, as `number access end`. */
  readonly held: () => readonly string[];
  readonly events: (
    operation: string,
  ) => readonly { readonly actor: string | null; readonly sentence: string }[];
  readonly close: () => void;
}

export function createProofDesk(name: string, files: ImportFiles): ProofDesk {
  const bench = createImportBench(name, files);
  const { access } = bench.context;
  const folder = join(bench.dir, 'files');
  mkdirSync(folder);
  let written = 0;
  let run = 101;
  const write = (file: string, text: string): string => {
    const path = join(folder, file);
    writeFileSync(path, text);
    return path;
  };
  const asFile = (content: readonly string[] | string) => {
    written += 1;
    const text = typeof content === 'string' ? content : `${[HEADER, ...content].join('\n')}\n`;
    return write(`holdings-${written}.csv`, text);
  };
  const change: ProofDesk['change'] = (id, alter) => {
    const stored = access.requests.get(id);
    if (!stored) throw new Error('no such request');
    const next = { ...stored, request: alter(stored.request), revision: stored.revision + 1 };
    access.transaction(() => access.requests.update(next, stored.revision));
  };
  const holdings: ProofDesk['holdings'] = (takenAt, content, options = {}) =>
    bench.apply(asFile(content), { kind: 'holdings', takenAt, startingPosition: null, ...options });
  return {
    bench,
    holdings,
    preview: (takenAt, content, options = {}) =>
      bench.preview(asFile(content), { kind: 'holdings', takenAt, ...options }),
    begin: async (startingPosition = true, rows = [ABLE, BAKER]) => {
      await bench.apply(write(goName({ run: 101 }), goText({ run: 101 }, SMALL)), { kind: 'go' });
      return holdings(START, rows, { startingPosition });
    },
    keyed: async (reference, keying = {}) => {
      await bench.apply(write('forms.json', formsOf(reference, keying)), { kind: 'oneforms' });
      const id = access.requests.byReference(reference)?.request.id;
      if (!id) throw new Error('the form was not taken in');
      change(id, (request) => keyedRequest(request, keying));
      return id;
    },
    change,
    renumber: () => {
      const name = { kind: 'C', run: 102, day: '20261112' } as const;
      const rows = [person(9002, 'Name9002', { 4: 10_000_009 }), post(9002, { 7: 10_000_009 })];
      return bench.apply(write(goName(name), goText(name, rows, '20261102 010000')), { kind: 'go' });
    },
    endPosts: (day) => {
      run += 1;
      const name = { kind: 'C', run, day: '20261112' } as const;
      const previous = `20261102 ${String(run - 101).padStart(2, '0')}0000`;
      return bench.apply(write(goName(name), goText(name, [post(9002, { 40: day })], previous)), {
        kind: 'go',
      });
    },
    remake: () => {
      const rows = SMALL.filter((row) => !/^(PRA|ASA)~9002~/.test(row));
      const again = [person(9012, 'Name9002', { 4: 10_000_002 }), post(9012, { 7: 10_000_002 })];
      return bench.apply(write(goName({ run: 102 }), goText({ run: 102 }, [...rows, ...again])), {
        kind: 'go',
      });
    },
    swapNumbers: () => {
      const name = { kind: 'C', run: 102, day: '20261112' } as const;
      const numbered = (id: number, number: number) => [
        person(id, `Name${id}`, { 4: number }),
        post(id, { 7: number }),
      ];
      const rows = [...numbered(9002, 10_000_003), ...numbered(9003, 10_000_002)];
      return bench.apply(write(goName(name), goText(name, rows, '20261102 010000')), { kind: 'go' });
    },
    status: (id) => access.requests.get(id)?.request.progress.status,
    open: () => access.findings.open(),
    kinds: () => access.findings.open().map(({ kind }) => kind),
    held: () =>
      bench.store.db
        .prepare<[], string>(
          `select employee_number || ' ' || exported_name || ' ' || coalesce(end_date, '-') from holding
           where until_import_id is null order by 1`,
        )
        .pluck()
        .all(),
    events: (operation) =>
      bench.store.db
        .prepare<[string], { actor: string | null; sentence: string }>(
          'select actor_id as actor, sentence from ledger_event where operation = ? order by seq',
        )
        .all(operation),
    close: bench.close,
  };
}

function formsOf(reference: string, { number = '10000002', urp = 'HR Data Entry' }: Keying): string {
  const form = {
    reference,
    submittedAt: '2026-11-05T09:00:00Z',
    requester: { name: 'R', employeeNumber: '10000001' },
    beneficiary: { number, name: 'B' },
    accessRequested: `919 ${urp}`,
    justification: 'Need',
    lineManager: { name: 'L', employeeNumber: '10000001' },
    authorisation: null,
    attachments: [],
  };
  return JSON.stringify({ source: 'Portal', exportedAt: '2026-11-05T10:00:00Z', forms: [form] });
}

function keyedRequest(request: AccessRequest, keying: Keying): AccessRequest {
  const { from = '2026-11-10', end = null, at = KEYED_AT, until = null } = keying;
  const by = { userId: 'u', employeeNumber: null, at };
  const exception =
    until === null
      ? null
      : {
          covers: ['information-governance' as const],
          reason: 'Need',
          asked: by,
          decision: { granted: true as const, until, reason: 'Need', by },
        };
  const keyed = { ...by, recordedAt: at, startDate: from, endDate: end };
  return { ...request, progress: { ...request.progress, status: 'keyed', exception, approval: by, keyed } };
}
