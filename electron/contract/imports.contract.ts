import { z } from 'zod';
import { id, instant, nothing, reason, slice, TEN } from './common.ts';
import { defineOperations } from './operation.ts';

export const importKind = z.enum(['go', 'holdings', 'oneforms', 'as-numbers', 'training']);
export type ImportKind = z.infer<typeof importKind>;

/** Field of the program → header of the file. Only for the tabular kinds. */
export const columnMapping = z.record(z.string().max(60), z.string().max(300));
export type ColumnMapping = z.infer<typeof columnMapping>;

/** How a column of dates is written; `-2` reads two-digit years, `-no-end` takes 31-Dec-12 for 31-Dec-4712. */
export const dateForm = z.enum([
  'day-first',
  'month-first',
  'year-first',
  'month-named',
  'excel-days',
  'day-first-2',
  'month-first-2',
  'year-first-2',
  'month-named-2',
  'day-first-2-no-end',
  'month-first-2-no-end',
  'month-named-2-no-end',
]);
export type DateForm = z.infer<typeof dateForm>;
/** Field of the program → how its column is written, as a person said it. */
export const dateChoices = z.record(z.string().max(60), dateForm);
export type DateChoices = z.infer<typeof dateChoices>;

/** What is remembered of a kind of file, under its headers. */
export const rememberedColumns = z.strictObject({ columns: columnMapping, dates: dateChoices });

/** What the whole of a date column shows of how it is written. */
export const dateColumn = z.strictObject({
  field: z.string(),
  header: z.string(),
  /** Null where the person must say. */
  form: dateForm.nullable(),
  /** `asks`: nothing is read before the person has said; `suggested`: it could be read otherwise, and the sentence says so. */
  state: z.enum(['sure', 'suggested', 'asks', 'chosen', 'empty']),
  sentence: z.string(),
  /** Cells that are no date under `form`: their rows would fail. */
  unread: z.int(),
  choices: z.array(z.strictObject({ form: dateForm, words: z.string(), unread: z.int() })),
});
export type DateColumn = z.infer<typeof dateColumn>;

export const offeredFile = z.strictObject({
  fileId: id,
  name: z.string(),
  bytes: z.int(),
  /** What the file looks like by its name and first bytes; null when it looks like nothing known. */
  looksLike: importKind.nullable(),
});

export const mappingField = z.strictObject({
  field: z.string(),
  label: z.string(),
  required: z.boolean(),
  hint: z.string(),
  /** A field that makes this one unnecessary where the file has it. */
  unless: z.string().optional(),
  /** Whether its column holds dates. */
  date: z.boolean().optional(),
});

export const inspectedTable = z.strictObject({
  headers: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  headerLine: z.int(),
  encoding: z.string(),
  delimiter: z.string(),
  fields: z.array(mappingField),
  suggestion: columnMapping,
  remembered: z.boolean(),
  /** From a title row such as "Run date: …"; null when the file does not say. */
  takenAt: instant.nullable(),
  /** What the file says of when it was taken, in words, and what that proves; null when it does not say. */
  takenAtWords: z.string().nullable().optional(),
});
export type InspectedTable = z.infer<typeof inspectedTable>;

export const importOptions = z.strictObject({
  fileId: id,
  kind: importKind,
  mapping: columnMapping.nullable(),
  /** How date columns are written, where the person says it; the others are read as their whole column shows. */
  dates: dateChoices.nullable(),
  /** When ESR made the extract, as the person says it: the ledger keeps that it was typed. Null = as the file says. */
  takenAt: instant.nullable(),
  /**
   * Holdings only: true takes access that ESR already shows, and nobody approved here, as the starting position;
   * false raises each as "seen but never approved". Must be said for the first holdings import, by a person.
   */
  startingPosition: z.boolean().nullable(),
  /** Why the file is taken all the same, where the preview asked for a reason (`asksReason`); the ledger keeps it. */
  reason: reason.nullable(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** Rows that failed alike: each kind of failure of a record is told once. */
export const failureKind = z.strictObject({
  record: z.string(),
  /** Quotes nothing of the rows, so that those which failed alike say the same. */
  reason: z.string(),
  count: z.int(),
  /** The first few of the lines, as examples: the person looks there, in the file itself. */
  lines: z.array(z.int()),
  /** Where rows of the kind run over lines: the last line of each of `lines`, in the same order. */
  lastLines: z.array(z.int()).optional(),
});
export type FailureKind = z.infer<typeof failureKind>;

/** What a person must give a reason for before the file is imported. */
export const reasonAsked = z.strictObject({
  why: z.enum(['out-of-turn', 'loses-much']),
  sentence: z.string(),
  /** Whom it would take something from: the first of them. */
  people: z.array(z.strictObject({ name: z.string(), number: z.string() })).optional(),
  peopleLeftOff: z.int().optional(),
});
export type ReasonAsked = z.infer<typeof reasonAsked>;

export const importCounts = z.strictObject({
  read: z.int(),
  new: z.int(),
  changed: z.int(),
  ended: z.int(),
  unchanged: z.int(),
  failed: z.int(),
});
export type ImportCounts = z.infer<typeof importCounts>;

export const importPreview = z.strictObject({
  sha256: z.string(),
  kind: importKind,
  title: z.string(),
  takenAt: instant.nullable(),
  counts: importCounts,
  byRecord: z.array(z.strictObject({ record: z.string(), counts: importCounts })),
  failures: z.array(failureKind),
  /** Rows of further kinds of failure, which are not listed. */
  failuresLeftOff: z.int(),
  /** People or access the program does not know, listed and never dropped in silence. */
  unknown: z.array(
    z.strictObject({ what: z.enum(['person', 'access', 'post']), value: z.string(), line: z.int() }),
  ),
  unknownLeftOff: z.int(),
  /** Plain sentences: an old extract, a re-run of the same file, what the starting position would hold. */
  remarks: z.array(z.string()),
  /** True when this is the first holdings file and the person must say `startingPosition`. */
  asksStartingPosition: z.boolean(),
  /** The person must say `reason`, one for all of these; empty where none is needed. */
  asksReason: z.array(reasonAsked),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importOutcome = z.strictObject({
  importId: id,
  counts: importCounts,
  verified: z.int(),
  notSeen: z.int(),
  otherDates: z.int(),
  heldPast: z.int(),
  neverApproved: z.int(),
  /** Exceptions whose cause had gone. */
  settled: z.int(),
  /** Keyed requests that it left alone, each with the reason. */
  provesNothing: z.array(z.string()),
  /** Of whom it proves no absence, and the like. */
  remarks: z.array(z.string()),
  /** Accounts in the present holdings of which nobody has said whose they are; 0 after other files. */
  accountsToConfirm: z.int(),
  sentence: z.string(),
});
export type ImportOutcome = z.infer<typeof importOutcome>;

export const importRow = z.strictObject({
  id,
  kind: z.enum(['go-full', 'go-changes', 'holdings', 'oneforms', 'as-numbers', 'training']),
  fileName: z.string(),
  takenAt: instant.nullable(),
  importedAt: instant,
  importedBy: z.string(),
  counts: importCounts,
  /** The first of its kind that stands: an owner may undo it while nothing rests on it. */
  first: z.boolean(),
  undone: z.strictObject({ at: instant, by: z.string() }).nullable(),
});

const FILE = { fileId: 'nobody', kind: 'holdings' } as const;
const OPTIONS = {
  ...FILE,
  mapping: null,
  dates: null,
  takenAt: null,
  startingPosition: null,
  reason: null,
};

/** An import changes what everything is judged by. */
const touches = ['requests', 'findings', 'register', 'accounts'];

export const importsOperations = defineOperations({
  'imports:offerFile': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'owner'],
    file: true,
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: offeredFile,
    example: { path: '/nowhere/file.csv' },
    errors: ['FILE_REFUSED'],
  },
  'imports:inspectTable': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'owner'],
    input: z.strictObject({ fileId: id, kind: importKind }),
    output: inspectedTable,
    example: FILE,
    errors: ['NOT_FOUND', 'FILE_REFUSED'],
  },
  /** Reads the date columns to their end and says how each is written. `dates`: what the person has said so far. */
  'imports:readDates': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'owner'],
    input: z.strictObject({ fileId: id, kind: importKind, mapping: columnMapping, dates: dateChoices }),
    output: z.strictObject({ columns: z.array(dateColumn) }),
    example: { ...FILE, mapping: {}, dates: {} },
    errors: ['NOT_FOUND', 'FILE_REFUSED'],
  },
  /** Runs as a job; answers when the dry run is done, with progress events meanwhile. Writes nothing. */
  'imports:preview': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'owner'],
    input: importOptions,
    output: importPreview,
    example: OPTIONS,
    errors: ['NOT_FOUND', 'FILE_REFUSED', 'BUSY', 'CANCELLED', 'DISK_FULL', 'DISK_FAILED'],
  },
  'imports:apply': {
    kind: 'command',
    may: ['officer', 'hr-admin', 'owner'],
    input: z.strictObject({ ...importOptions.shape, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: importOutcome,
    example: { ...OPTIONS, sha256: '0'.repeat(64) },
    touches,
    gate: 'takes-itself',
    errors: [
      'NOT_FOUND',
      'FILE_REFUSED',
      'FILE_CHANGED',
      'REFUSED',
      'BUSY',
      'CANCELLED',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
  /**
   * Accepts what ESR shows now as the starting position, in place of the one before: where the first file was the wrong one, or
   * part of it could not be read. The owner's own access is left out, and so are holdings of accounts that may be theirs: `unknown`.
   */
  'imports:takeStartingPosition': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ reason }),
    output: z.strictObject({ accepted: z.int(), settled: z.int(), unknown: z.int() }),
    example: { reason: 'as an example' },
    touches,
    errors: ['REFUSED'],
  },
  /** What stands in the way of undoing an import (none = it may be undone), and what would go with it. */
  'imports:whatRestsOn': {
    kind: 'query',
    may: ['owner'],
    input: z.strictObject({ id }),
    output: z.strictObject({ rests: z.array(z.string()), effects: z.array(z.string()) }),
    example: { id: 'nobody' },
    errors: ['NOT_FOUND'],
  },
  /**
   * Takes the first import of its kind out again, where it was wrong and nothing rests on it yet: as if it had not been. The ledger
   * keeps what was done and why. Runs as a job.
   */
  'imports:undo': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, reason }),
    output: z.strictObject({ sentence: z.string() }),
    example: { id: 'nobody', reason: 'as an example' },
    touches,
    gate: 'takes-itself',
    errors: ['NOT_FOUND', 'REFUSED', 'BUSY', 'CANCELLED', 'DISK_FULL', 'DISK_FAILED'],
  },
  'imports:list': {
    kind: 'query',
    may: 'signed-in',
    input: z.strictObject(slice),
    output: z.strictObject({ total: z.int(), rows: z.array(importRow) }),
    example: TEN,
    errors: [],
  },
  'imports:sources': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({
      sources: z.array(
        z.strictObject({
          kind: importKind,
          label: z.string(),
          takenAt: instant.nullable(),
          importedAt: instant.nullable(),
          rows: z.int(),
          old: z.boolean(),
        }),
      ),
    }),
    example: {},
    errors: [],
  },
});
