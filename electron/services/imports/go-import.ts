import { addDays } from '../../domain/dates.ts';
import { type FileRefusal, FileRefused } from '../../domain/register/file-refusal.ts';
import { type GoHeader, isInTurn } from '../../domain/register/go-envelope.ts';
import { type GoSink, openGoFile } from '../../domain/register/go-file.ts';
import { goEntities } from '../../domain/register/go-record.ts';
import { NO_ODD_TEXT, remarksOnText } from '../../domain/register/odd-text.ts';
import { settledInWords, tallyInWords } from './go-remarks.ts';
import type { StagedFile } from './import.service.ts';
import { type ChosenFile, type ImportContext, phase } from './import-context.ts';
import type { FileFacts } from './import-ports.ts';
import { type ImportReport, RECORD_NAMES } from './import-report.ts';

/** Reads a GO file into the staging. Throws `FileRefused`; nothing of the store has changed then or afterwards. */
export function stageGo(
  context: ImportContext,
  file: ChosenFile,
  report: ImportReport,
  share: number,
): StagedFile {
  const { files, imports, staging, vpd, job } = context;
  const reader = openGoFile(
    { diskName: file.name, expected: { vpd, lastRun: imports.lastRun() }, toInstant: files.toInstant },
    sinkOf(context, report),
  );
  let begun = false;
  const facts = eachLine(context, file, share, report, (line, number) => {
    throwIf(reader.line(line, number));
    const header = reader.header();
    if (begun || header === null) return;
    begun = true;
    staging.begin(goEntities, header.mode);
    staging.asOf(header.createdOn);
  });
  throwIf(reader.end());
  const tally = reader.tally();
  const settled = staging.settle(tally.slipped);
  for (const { line, table, reason } of settled.failed) report.failRead(line, RECORD_NAMES[table], reason);
  for (const sentence of [...tallyInWords(tally), ...settledInWords(settled)]) report.remark(sentence);
  job.progress('Reading the file', share, report.rows());
  const header = reader.header();
  if (header === null) throw new Error('a GO file was accepted without its header');
  return describe(context, header, facts, report);
}

function sinkOf({ staging }: ImportContext, report: ImportReport): GoSink {
  return {
    record: (record, line) => {
      staging.add(record.kind, record, line);
      report.read(RECORD_NAMES[record.kind]);
    },
    remove: (entity, id) => {
      report.read(RECORD_NAMES[entity]);
      staging.remove(entity, id);
    },
    fail: ({ line, reason }, about) => {
      report.fail(line, about?.entity ? RECORD_NAMES[about.entity] : 'Other rows', reason);
      if (about === null) return;
      // A row of which nothing can be told may be anybody's.
      for (const entity of about.entity === null ? goEntities : [about.entity]) {
        staging.hold(entity, about.id);
      }
      if (about.person !== null) staging.hold('person', about.person);
    },
    hold: (entity, id) => staging.hold(entity, id),
  };
}

function describe(
  { imports, clock }: ImportContext,
  header: GoHeader,
  facts: FileFacts,
  report: ImportReport,
): StagedFile {
  if (imports.lastRun() === header.run) {
    report.remark(`Run ${header.run} was imported before; importing it again brings back what it says.`);
  }
  if (!isInTurn(header.run, imports.lastRun())) askWhyOutOfTurn(header.run, imports.lastRun(), report);
  if (header.createdAt > clock.now()) {
    report.remark("The file says it was made in the future. Check this PC's clock before you import it.");
  }
  for (const remark of remarksOnText(facts.odd, fieldOf)) report.remark(remark);
  const full = header.mode === 'full';
  return {
    facts,
    title: `ESR ${full ? 'full file' : 'changes file'}, run ${header.run}`,
    importKind: full ? 'go-full' : 'go-changes',
    takenAt: header.createdAt,
    // A delete ends a record on the last day on which ESR still had it: the day before the file was made.
    endedOn: addDays(header.createdOn, -1),
    vpd: header.vpd,
    sequence: header.run,
    remember: null,
    forms: null,
    reading: null,
  };
}

/** After lost runs ESR is asked for a new full file, whatever number it then has. Why is the person's to say. */
export function askWhyOutOfTurn(run: number, last: number | null, report: ImportReport): void {
  const due = last === null ? 'another' : `run ${last + 1}`;
  report.askReason({
    why: 'out-of-turn',
    sentence: `This full file is run ${run}, but ${due} is due. It replaces the whole register all the same.`,
  });
}

/** `PRA, field 6`: the record and the field as they are counted in the file. */
function fieldOf(before: string): string {
  const fields = before.split('~');
  return `${fields[0] ?? ''}, field ${fields.length}`;
}

function eachLine(
  { files, job }: ImportContext,
  file: ChosenFile,
  share: number,
  report: ImportReport,
  take: (line: string, number: number) => void,
): FileFacts {
  const batches = files.readLines(file.path, phase(job, 'Reading the file', 0, share, report.rows));
  try {
    for (;;) {
      const next = batches.next();
      if (next.done) return next.value;
      const { lines, firstLine } = next.value;
      for (let i = 0; i < lines.length; i++) take(lines[i] ?? '', firstLine + i);
    }
  } finally {
    // Lets go of the file where a refusal stopped the reading.
    batches.return(NO_FACTS);
  }
}

export const NO_FACTS: FileFacts = {
  sha256: '',
  bytes: 0,
  encoding: 'ascii',
  endsWithNewline: true,
  odd: NO_ODD_TEXT,
};

function throwIf(refusal: FileRefusal | null): void {
  if (refusal) throw new FileRefused(refusal);
}
