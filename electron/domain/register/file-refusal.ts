/**
 * Why a whole file was refused. A refused file changes nothing. Each code carries one plain sentence and the
 * next step; neither ever holds anything read from the file but numbers, a VPD and the file's own name.
 */
export const fileRefusalCodes = [
  'unreadable',
  'empty',
  'binary',
  'too-large',
  'line-too-long',
  'encoding',
  'wrong-delimiter',
  'bad-name',
  'no-header',
  'bad-header',
  'name-mismatch',
  'wrong-vpd',
  'wrong-sequence',
  'changes-before-full',
  'no-trailer',
  'wrong-count',
  'every-row-fails',
  'truncated',
  'no-header-row',
  'missing-columns',
  'no-taken-at',
  'no-rows',
  'no-readable-rows',
  'open-quotation',
  'dates-two-ways',
  'not-json',
  'wrong-shape',
  'file-changed',
] as const;

export type FileRefusalCode = (typeof fileRefusalCodes)[number];

export interface FileRefusal {
  readonly code: FileRefusalCode;
  /** One sentence: what is wrong with the file. */
  readonly sentence: string;
  /** One sentence: what the person does next. */
  readonly next: string;
}

/** The facts a sentence may need. Sizes in bytes. All optional so that a caller gives what it knows. */
export interface RefusalFacts {
  readonly limit?: number;
  readonly size?: number;
  readonly line?: number;
  readonly rows?: number;
  readonly expected?: string;
  readonly found?: string;
}

const EXPORT_AGAIN = 'Export the file again and import the new copy.';
const ASK_AGAIN = 'Ask for the file to be sent again, then import the new copy.';

const sentences: Record<FileRefusalCode, (f: RefusalFacts) => readonly [sentence: string, next: string]> = {
  unreadable: () => ['The file cannot be read.', 'Check that it still exists and that you may open it.'],
  empty: () => ['The file is empty.', EXPORT_AGAIN],
  binary: () => [
    'The file is not a text file.',
    'Choose the exported file itself, not a spreadsheet, archive or picture of it.',
  ],
  'too-large': (f) => [
    `The file is larger than ${bytes(f.limit)}, the most this program reads.`,
    'Check that it is the right file, or ask the system owner to raise the limit.',
  ],
  'line-too-long': (f) => [
    `Line ${f.line ?? 1} is longer than ${bytes(f.limit)}, so this is not the export it says it is.`,
    EXPORT_AGAIN,
  ],
  encoding: () => [
    'The file is saved as UTF-16 ("Unicode text"), which cannot be read here.',
    'Export it again as CSV in UTF-8.',
  ],
  'wrong-delimiter': () => [
    'The fields of the file are not separated by "~".',
    'Choose the file that ESR sent, not a copy opened and saved by another program.',
  ],
  'bad-name': () => [
    'The name of the file is not that of an ESR Generic Outbound file.',
    'Give it back the name that ESR gave it, GO_…_GOF_… or GO_…_GOC_….',
  ],
  'no-header': () => ['The file does not begin with the header that ESR writes.', ASK_AGAIN],
  'bad-header': () => ['The header of the file cannot be understood.', ASK_AGAIN],
  'name-mismatch': () => [
    'The name of the file is not the one in its header.',
    'Give it back the name that ESR gave it, or ask for it to be sent again.',
  ],
  'wrong-vpd': (f) => [
    `The file belongs to the trust with VPD ${f.found ?? 'unknown'}, not to ${f.expected ?? 'this one'}.`,
    'Choose the file for this trust.',
  ],
  'wrong-sequence': (f) => [
    `The file is run ${f.found ?? 'unknown'}, but run ${f.expected ?? 'unknown'} is due.`,
    'Import the runs in order, the missing one first. Where a run is lost, ask for a new full file.',
  ],
  'changes-before-full': () => [
    'A file of changes cannot be imported before the first full file.',
    'Import a full file (GOF) first.',
  ],
  'no-trailer': () => ['The file stops before its last line, so part of it is missing.', ASK_AGAIN],
  'wrong-count': (f) => [
    `The last line says ${f.expected ?? 'another number of'} rows, but the file has ${f.found ?? 'a different number'}.`,
    ASK_AGAIN,
  ],
  'every-row-fails': (f) => [
    `All ${f.found ?? 'its'} rows fail, the first because ${f.expected ?? 'it cannot be read'}.`,
    'Ask whether the layout of the file has changed, and have it sent again.',
  ],
  truncated: () => ['The file stops in the middle of a row, so part of it is missing.', EXPORT_AGAIN],
  'no-header-row': () => [
    'No row of column names was found in the file.',
    'Check that it is the right export, with its column names on.',
  ],
  'missing-columns': (f) => [
    `These columns are not matched yet: ${f.expected ?? 'one or more'}.`,
    'Choose the column for each of them.',
  ],
  'no-taken-at': () => [
    'The file does not say when ESR was read to make it.',
    'Enter the date and time at which the export was run.',
  ],
  'no-rows': () => [
    'The file has no rows, only what stands above and below them.',
    'Check the filters of the export, then export it again.',
  ],
  'no-readable-rows': (f) => [
    f.rows === 1
      ? `The only row of the file cannot be read.${commonest(f)}`
      : `None of the ${f.rows ?? 0} rows of the file can be read.${commonest(f)}`,
    'Check that it is the right export and that each column is matched to the right field.',
  ],
  'open-quotation': (f) => [
    `A quotation mark that opens on line ${f.line ?? 1} is not closed, so the rows after it cannot be told apart.`,
    'Correct that line or export the file again, then import the new copy.',
  ],
  'dates-two-ways': (f) => [
    `The dates of ${f.expected ?? 'a column'} can be read in two ways, and nothing is read before you have said which.`,
    'Say how the column is written, then check the file again.',
  ],
  'not-json': () => ['The file is not valid JSON.', EXPORT_AGAIN],
  'wrong-shape': (f) => [
    f.expected
      ? `The file is not an export of OneForms: ${f.expected}.`
      : 'The file is not an export of OneForms.',
    'Check that it is the OneForm export of the Service Desk portal.',
  ],
  'file-changed': () => ['The file has changed since it was checked.', 'Check it again, then import it.'],
};

/** A row's reason, which quotes nothing of it. */
function commonest({ found }: RefusalFacts): string {
  return found === undefined ? '' : ` Most often: ${found}`;
}

export function fileRefusal(code: FileRefusalCode, facts: RefusalFacts = {}): FileRefusal {
  const [sentence, next] = sentences[code](facts);
  return { code, sentence, next };
}

/**
 * Thrown inside readers and caught once by the import service: a streamed reader has no other way to stop a
 * loop several calls above it. Carries the refusal and nothing of the file.
 */
export class FileRefused extends Error {
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal) {
    super(refusal.code);
    this.name = 'FileRefused';
    this.refusal = refusal;
  }
}

export function refuseFile(code: FileRefusalCode, facts: RefusalFacts = {}): never {
  throw new FileRefused(fileRefusal(code, facts));
}

function bytes(n: number | undefined): string {
  if (n === undefined) return 'the limit';
  const units = [
    ['GB', 1024 ** 3],
    ['MB', 1024 ** 2],
    ['KB', 1024],
  ] as const;
  for (const [unit, size] of units) if (n >= size) return `${Math.round((n / size) * 10) / 10} ${unit}`;
  return `${n} bytes`;
}
