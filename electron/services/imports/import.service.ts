import type {
  ColumnMapping,
  DateChoices,
  ImportCounts,
  ImportOutcome,
  ImportPreview,
} from '../../contract/imports.contract.ts';
import type { PersonKey } from '../../domain/people/person-key.ts';
import type { DateForm } from '../../domain/register/date-column.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import { isInTurn } from '../../domain/register/go-envelope.ts';
import type { Reading } from '../../domain/register/reading.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import { type Actor, CancelledError } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import type { ImportRecord } from '../ground/register-reader.ts';
import { ServiceError } from '../ground/service-error.ts';
import { readSettings } from '../ground/store-settings.ts';
import type { WhoIsWho } from '../ground/who-is-who.ts';
import { type JudgedCounts, judgeApprovals } from '../requests/index.ts';
import { askWhyOutOfTurn, stageGo } from './go-import.ts';
import { relateByGo } from './go-people.ts';
import {
  type ChosenFile,
  type FileOptions,
  type ImportContext,
  phase,
  toServiceError,
} from './import-context.ts';
import { askAboutLosses } from './import-losses.ts';
import { momentInWords, readingDetail, remarkOnMoment } from './import-moment.ts';
import type { DifferenceCounts, FileFacts } from './import-ports.ts';
import { checkReason, type ReasonGiven, reasonGiven } from './import-reason.ts';
import { remarkOnAge, remarkOnLoss, remarkOnStart, whatIsNotProved } from './import-remarks.ts';
import {
  createImportReport,
  differencesByName,
  type ImportReport,
  refuseUnread,
  totalCounts,
} from './import-report.ts';
import { importInWords, proofForScreen } from './import-words.ts';
import { compareForms, FORMS, matchWaiting, type ReadForm, readForms, receiveForms } from './one-forms.ts';
import { stageTable } from './table-import.ts';
import { NO_FINDINGS, type VerificationCounts, verifyHoldings } from './verify-holdings.ts';

export interface RememberedMapping {
  readonly kind: TabularKind;
  readonly signature: string;
  readonly mapping: ColumnMapping;
  readonly dates: DateChoices;
}

/** A file that was read to its end and accepted; its rows lie in the staging, or in `forms`. */
export interface StagedFile {
  readonly facts: FileFacts;
  readonly title: string;
  readonly importKind: ImportRecord['kind'];
  readonly takenAt: string | null;
  /** When the file itself says that it was taken; left out of a GO file, whose moment is fixed. */
  readonly fileSays?: string | null;
  /** The form by which each date column was read. */
  readonly dateForms?: Readonly<Record<string, DateForm>>;
  /** Last day in force of what a changes file deletes; empty for other files. */
  readonly endedOn: string;
  readonly vpd: string | null;
  readonly sequence: number | null;
  readonly remember: RememberedMapping | null;
  readonly forms: readonly ReadForm[] | null;
  /** What a table may prove, and about whom; null for the other kinds of file. */
  readonly reading: Reading | null;
}

/** The shares of reading in the progress of a dry run and of an import; the rest is comparing and writing. */
const READ_SHARE = { preview: 0.8, apply: 0.5 } as const;

/**
 * The dry run: reads the whole file, compares it, writes nothing. Throws ServiceError FILE_REFUSED, REFUSED, or
 * CancelledError; store errors pass.
 */
export function previewImport(context: ImportContext, file: ChosenFile, options: FileOptions): ImportPreview {
  const report = createImportReport();
  return guarded(context, () => {
    const staged = stage(context, file, options, report, READ_SHARE.preview);
    refuseIfUnread(staged, report);
    const step = () => tick(context, 'Comparing with the register', READ_SHARE.preview, report);
    step();
    const compared = compare(context, staged, report, step);
    const byRecord = report.byRecord(compared);
    const asks = options.kind === 'holdings' && context.imports.latest(['holdings']) === null;
    remarkOnAge(context, staged, report);
    const newer = newerReadBefore(context, staged);
    for (const sentence of whatIsNotProved(staged.reading, newer)) report.remark(sentence);
    remarkOnMoment(context, staged, report);
    if (asks) remarkOnStart(byRecord, report);
    return {
      sha256: staged.facts.sha256,
      kind: options.kind,
      title: staged.title,
      takenAt: staged.takenAt,
      counts: totalCounts(byRecord),
      byRecord,
      ...report.failures(),
      ...report.unknowns(),
      remarks: [...report.remarks()],
      asksStartingPosition: asks,
      asksReason: [...report.reasonsAsked()],
    };
  });
}

/**
 * Reads the file again, waits for its turn to write, and writes all of it in one transaction, or nothing. `sha256` is the
 * dry run's (FILE_CHANGED where the file is another now); null for files of the program's own, such as the sample's.
 */
export async function applyImport(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  sha256: string | null,
  actor: Actor,
): Promise<ImportOutcome> {
  const { staging, access, job } = context;
  const report = createImportReport();
  try {
    const staged = stage(context, file, options, report, READ_SHARE.apply);
    if (sha256 !== null && staged.facts.sha256 !== sha256) refuseFile('file-changed');
    refuseIfUnread(staged, report);
    job.progress('Waiting to write', READ_SHARE.apply, report.rows());
    const turn = await job.acquireWrite();
    try {
      return access.transaction(() => write(context, file, options, staged, report, actor));
    } finally {
      turn.release();
    }
  } catch (error) {
    throw toServiceError(error);
  } finally {
    staging.clear();
  }
}

function guarded<T>({ staging }: ImportContext, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toServiceError(error);
  } finally {
    staging.clear();
  }
}

function stage(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  report: ImportReport,
  share: number,
): StagedFile {
  const staged = read(context, file, options, report, share);
  context.staging.end();
  return staged;
}

function read(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  report: ImportReport,
  share: number,
): StagedFile {
  switch (options.kind) {
    case 'go':
      return stageGo(context, file, report, share);
    case 'oneforms':
      return readForms(context, file, options, report, share);
    case 'holdings':
    case 'as-numbers':
    case 'training':
      return stageTable(context, file, options.kind, options, report, share);
  }
}

/** A changes file without rows says that nothing changed; any other that says nothing proves nothing, and renews no age. */
function refuseIfUnread({ importKind }: StagedFile, report: ImportReport): void {
  if (importKind !== 'go-changes') refuseUnread(report);
}

type ByRecord = ReadonlyMap<string, DifferenceCounts>;

function compare(
  context: ImportContext,
  staged: StagedFile,
  report: ImportReport,
  step: () => void,
): ByRecord {
  if (staged.forms) return new Map([[FORMS, compareForms(context, staged, report)]]);
  if (newerReadBefore(context, staged) !== null) return differencesByName(context.staging.historyCounts());
  const differences = context.staging.compare(staged.endedOn, step);
  for (const difference of differences) remarkOnLoss(difference, report);
  askAboutLosses(differences, largestLoss(context), report);
  return differencesByName(differences);
}

function write(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  staged: StagedFile,
  report: ImportReport,
  actor: Actor,
): ImportOutcome {
  const { imports, clock, ids, access } = context;
  checkTurn(context, options, staged, report);
  const importId = ids.next();
  const now = clock.now();
  const newer = newerReadBefore(context, staged);
  const byRecord = report.byRecord(writeRows(context, staged, importId, actor, report));
  checkReason(options, report);
  const counts = totalCounts(byRecord);
  const startingPosition = options.kind === 'holdings' ? options.startingPosition : null;
  const { importKind: kind, takenAt, vpd, sequence, facts, remember, reading } = staged;
  imports.insert({
    ...{ id: importId, kind, fileName: file.name, takenAt, importedAt: now, importedBy: actor.userId },
    ...{ sha256: facts.sha256, vpd, sequence, startingPosition, ...counts },
    currentRows: imports.countRows(options.kind),
  });
  if (reading) imports.recordUnread(importId, unreadIn(reading, access.who));
  if (remember) imports.saveMapping(remember.kind, remember.signature, remember, now);
  // Before anything asks who somebody is.
  const doubts = options.kind === 'go' ? relateByGo(context, importId) : [];
  // By every number and name of a person, so it is known first which records are one.
  if (!staged.forms) context.staging.renewPeople(importId, clock.today());
  const matched = options.kind === 'go' ? matchWaiting(context, importId, actor) : 0;
  tick(context, 'Checking the requests', 0.95, report);
  const proof =
    options.kind === 'holdings' && takenAt !== null && reading
      ? verifyHoldings(
          context,
          { importId, takenAt, reading, newerReadBefore: newer },
          startingPosition === true ? actor : null,
        )
      : NOTHING_PROVED;
  // By the facts as they stand now, this file's among them.
  const judged = judgeApprovals(context, clock, importId, () =>
    tick(context, 'Judging the approvals', 0.97, report),
  );
  const sentence = importInWords(counts, proof, matched, judged);
  recordImport(
    context,
    file,
    staged,
    importId,
    sentence,
    { counts, proof, matched, judged, startingPosition, reason: reasonGiven(options, report) },
    actor,
  );
  // The last look: after this the transaction commits, and a cancel comes too late.
  tick(context, 'Writing', 0.99, report);
  return {
    importId,
    counts,
    ...proofForScreen(proof),
    remarks: [...doubts, ...whatIsNotProved(reading, newer)],
    accountsToConfirm: kind === 'holdings' ? accountsToConfirm(access) : 0,
    sentence,
  };
}

const accountsToConfirm = ({ accounts }: ImportContext['access']): number =>
  accounts.listToConfirm('', { offset: 0, limit: 1 }).total;

/** By a name of theirs without its spelling, so that it is found again; everybody by one star. */
function unreadIn({ holdsEverybody, held }: Reading, who: Pick<WhoIsWho, 'namesOf'>): readonly string[] {
  const people = [...held].map(([person, written]) => {
    const { employeeNumbers, usernames } = who.namesOf(person as PersonKey);
    return employeeNumbers[0] ?? usernames[0] ?? written;
  });
  return holdsEverybody ? ['*', ...people] : people;
}

/**
 * When the newest holdings were taken, where this file's are older: it adds history then, and takes no newer one's place.
 * Asked before the import's own row is written.
 */
function newerReadBefore({ imports }: ImportContext, { importKind, takenAt }: StagedFile): string | null {
  if (importKind !== 'holdings' || takenAt === null) return null;
  const newest = imports.newestHoldings();
  return newest !== null && takenAt < newest ? newest : null;
}

const largestLoss = ({ access }: ImportContext): number => readSettings(access.settings).largestLossPercent;

const NOTHING_PROVED: VerificationCounts = { verified: 0, raised: NO_FINDINGS, settled: 0, leftAlone: [] };

/** Whatever was true when the file was read is asked again, now that nobody else writes. */
function checkTurn(
  { imports }: ImportContext,
  options: FileOptions,
  staged: StagedFile,
  report: ImportReport,
): void {
  if (staged.sequence !== null) checkRun(staged, staged.sequence, imports.lastRun(), report);
  if (options.kind !== 'holdings') return;
  const first = imports.latest(['holdings']) === null;
  if (first && options.startingPosition === null) {
    throw new ServiceError(
      'REFUSED',
      'This is the first holdings file. Say whether the access in it is the starting position, then import it.',
    );
  }
  if (!first && options.startingPosition === true) {
    throw new ServiceError(
      'REFUSED',
      'The starting position was taken with the first holdings file. Import this one without it.',
    );
  }
}

function checkRun(staged: StagedFile, run: number, last: number | null, report: ImportReport): void {
  if (isInTurn(run, last)) return;
  if (staged.importKind === 'go-changes') {
    refuseFile('wrong-sequence', { expected: String((last ?? 0) + 1), found: String(run) });
  }
  if (report.reasonsAsked().length === 0) askWhyOutOfTurn(run, last, report);
}

function writeRows(
  context: ImportContext,
  staged: StagedFile,
  importId: string,
  actor: Actor,
  report: ImportReport,
): ByRecord {
  const total = report.rows();
  const step = phase(context.job, 'Writing', READ_SHARE.apply, 0.95, report.rows);
  step(0, total);
  if (staged.forms) {
    const counts = receiveForms(context, staged, importId, actor, (done) => step(done, total));
    return new Map([[FORMS, counts]]);
  }
  if (newerReadBefore(context, staged) !== null) {
    return differencesByName(context.staging.keepAsHistory(importId));
  }
  const differences = context.staging.apply(importId, staged.endedOn, (done) => step(done, total));
  askAboutLosses(differences, largestLoss(context), report);
  return differencesByName(differences);
}

interface Told {
  readonly counts: ImportCounts;
  readonly proof: VerificationCounts;
  readonly matched: number;
  readonly judged: JudgedCounts;
  readonly startingPosition: boolean | null;
  readonly reason: ReasonGiven | null;
}

function recordImport(
  { access, clock }: ImportContext,
  file: ChosenFile,
  staged: StagedFile,
  importId: string,
  sentence: string,
  { counts, proof, matched, judged, startingPosition, reason }: Told,
  actor: Actor,
): void {
  const { importKind, takenAt, vpd, sequence, facts } = staged;
  record(access.ledger, clock, actor, {
    operation: 'imports.apply',
    subject: { kind: 'import', id: importId },
    sentence: `${staged.title}: ${sentence}${momentInWords(staged)}`,
    detail: {
      ...{ kind: importKind, sha256: facts.sha256, takenAt, vpd, run: sequence, startingPosition, matched },
      ...readingDetail(staged),
      counts: { ...counts },
      judged: { ...judged },
      ...(reason && { reasonFor: [...reason.for] }),
      proof: {
        verified: proof.verified,
        ...proof.raised,
        settled: proof.settled,
        leftAlone: proof.leftAlone.length,
      },
      ...(staged.reading && {
        unread: { everybody: staged.reading.holdsEverybody, people: staged.reading.held.size },
      }),
    },
    // A site may name a file after a person.
    personal: { fileName: file.name, ...(reason && { reason: reason.said }) },
  });
}

/** A look at cancel, with the place in the work. */
function tick({ job }: ImportContext, name: string, fraction: number, report: ImportReport): void {
  if (job.cancelled()) throw new CancelledError();
  job.progress(name, fraction, report.rows());
}
