import { type Matched, personIdOf } from '../../domain/people/person-key.ts';
import { formDifference } from '../../domain/requests/form-difference.ts';
import { newRequest, type OneFormContent } from '../../domain/requests/request.ts';
import { referenceKey, spelledAs } from '../../domain/requests/same-form.ts';
import { decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import { type Actor, CancelledError } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { whoResolver } from '../ground/who-is-who.ts';
import { type Intake, openIntake, type Reading } from './form-intake.ts';
import type { StagedFile } from './import.service.ts';
import { type ChosenFile, type FileOptions, type ImportContext, phase } from './import-context.ts';
import type { DifferenceCounts, FileFacts } from './import-ports.ts';
import type { ImportReport } from './import-report.ts';
import { eachRow, momentToInstant, openTable, readDated } from './table-import.ts';
import { remarksOnJson } from './table-remarks.ts';

export const FORMS = 'OneForms';
/** Forms handled between two looks at cancel. */
const PIECE = 250;

export interface ReadForm {
  readonly line: number;
  readonly form: OneFormContent;
  /** Later rows of the file that say the same again. */
  repeats: number;
}

/** Reads the Service Desk's forms, CSV or JSON. They are few beside a register, so they are held as they are. */
export function readForms(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  report: ImportReport,
  share: number,
): StagedFile {
  const forms = new Map<string, ReadForm>();
  const take = (form: OneFormContent, line: number): void => {
    const key = referenceKey(form.reference);
    const earlier = forms.get(key);
    if (earlier && formDifference(earlier.form, spelledAs(earlier.form, form)).length > 0) {
      report.fail(line, FORMS, 'It repeats the reference of an earlier row and says something else.');
      return;
    }
    report.read(FORMS);
    if (earlier) earlier.repeats += 1;
    else forms.set(key, { line, form, repeats: 0 });
  };
  const fault = (line: number, reason: string, lastLine = line) => report.fail(line, FORMS, reason, lastLine);
  const isJson = looksLikeJson(context.files.readHead(file.path));
  const read = isJson
    ? readJson(context, file, report, share, take, fault)
    : readCsv(context, file, options, report, share, take, fault, () => forms.clear());
  return {
    ...read,
    takenAt: options.takenAt ?? read.takenAt,
    title: 'OneForms from the Service Desk',
    importKind: 'oneforms',
    endedOn: '',
    vpd: null,
    sequence: null,
    forms: [...forms.values()],
    reading: null,
  };
}

/** A title such as `[OFFICIAL]` begins no JSON: a value, a name or the end stands behind its first bracket. */
export const looksLikeJson = (head: string): boolean => /^\s*(?:\{\s*["}]|\[\s*[[{\]])/.test(head);

type Take = (form: OneFormContent, line: number) => void;
type Fault = (line: number, reason: string, lastLine?: number) => void;
type Read = { readonly facts: FileFacts } & Pick<
  StagedFile,
  'takenAt' | 'fileSays' | 'dateForms' | 'remember'
>;

function readJson(
  { files, job }: ImportContext,
  file: ChosenFile,
  report: ImportReport,
  share: number,
  take: Take,
  fault: Fault,
): Read {
  const read = files.readOneFormsJson(file.path, phase(job, 'Reading the file', 0, share, report.rows));
  for (const row of read.rows) {
    if (row.ok) take(row.form, row.index);
    else fault(row.index, row.reason);
  }
  for (const sentence of remarksOnJson(read)) report.remark(sentence);
  return { facts: read.facts, takenAt: read.exportedAt, fileSays: read.exportedAt, remember: null };
}

function readCsv(
  context: ImportContext,
  file: ChosenFile,
  options: FileOptions,
  report: ImportReport,
  share: number,
  take: Take,
  fault: Fault,
  startAgain: () => void,
): Read {
  const opened = openTable(context, file, 'oneforms', options);
  const { value: facts, forms } = readDated(opened, report, (table) => {
    startAgain();
    return eachRow(context, file, 'oneforms', table, share, {
      rows: report.rows,
      remark: report.remark,
      row: take,
      fault: (row, reason) => fault(row.line, reason, row.lastLine),
    });
  });
  const takenAt = momentToInstant(opened.shape.takenAt, context.files);
  return { facts, takenAt, fileSays: takenAt, dateForms: forms, remember: opened.remember };
}

type Counts = { -readonly [K in keyof DifferenceCounts]: number };

/** The dry run's counts, and what is not known of each form. */
export function compareForms(
  context: ImportContext,
  staged: StagedFile,
  report: ImportReport,
): DifferenceCounts {
  const intake = openIntake(context, staged.takenAt);
  const counts: Counts = { new: 0, changed: 0, ended: 0, unchanged: 0 };
  for (const { form, line, repeats } of staged.forms ?? []) {
    counts[intake.judge(form).kind] += 1;
    counts.unchanged += repeats;
    const { urp, beneficiary } = intake.read(form);
    if (beneficiary === null) report.unknown('person', form.beneficiary.number ?? '(no number)', line);
    if (urp === null) report.unknown('access', form.accessAsTyped, line);
  }
  const heldBack = intake.heldBack();
  if (intake.older) report.remark('This export is older than the one imported last.');
  if (heldBack > 0) {
    report.remark(`${heldBack} of its forms are here in a newer version and stay as they are.`);
  }
  return counts;
}

/** Writes new requests and new versions, each with its event, within the caller's transaction. */
export function receiveForms(
  context: ImportContext,
  staged: StagedFile,
  importId: string,
  actor: Actor,
  step: (done: number) => void,
): DifferenceCounts {
  const intake = openIntake(context, staged.takenAt);
  const counts: Counts = { new: 0, changed: 0, ended: 0, unchanged: 0 };
  const name: Name = (matched, form) =>
    presentName(context, matched) ?? form.beneficiary.name ?? form.beneficiary.number ?? 'Nobody named';
  for (const [i, { form, repeats }] of (staged.forms ?? []).entries()) {
    if (i % PIECE === 0) step(i);
    const judged = intake.judge(form);
    counts[judged.kind] += 1;
    counts.unchanged += repeats;
    if (judged.kind === 'new') insertRequest(context, form, intake.read(form), name, importId, actor);
    if (judged.kind === 'changed') reviseRequest(context, judged, name, importId, actor);
  }
  return counts;
}

type Name = (matched: Matched, form: OneFormContent) => string;

function presentName({ access }: Pick<ImportContext, 'access'>, matched: Matched): string | null {
  const person = access.who.matched(matched);
  return person.kind === 'person' ? (access.who.presentOf(person.key)?.name ?? null) : null;
}

function insertRequest(
  { access, ids, clock }: ImportContext,
  form: OneFormContent,
  reading: Reading,
  name: Name,
  importId: string,
  actor: Actor,
): void {
  const request = newRequest({ id: ids.next(), form, ...reading });
  const now = clock.now();
  access.requests.insert({ request, revision: 1, changedAt: now, person: name(reading, form) });
  access.requests.addVersion(request.id, { version: 1, receivedAt: now, importId, form });
  record(access.ledger, clock, actor, {
    operation: 'request.receive',
    subject: { kind: 'request', id: request.id },
    sentence: `OneForm ${form.reference}: received`,
    detail: { importId, to: request.progress.status, urp: request.urp, formVersion: 1 },
    personal: { beneficiary: form.beneficiary.number },
  });
}

function reviseRequest(
  { access, clock }: ImportContext,
  { stored, command }: Extract<Intake, { kind: 'changed' }>,
  name: Name,
  importId: string,
  actor: Actor,
): void {
  const now = clock.now();
  const decision = decide(stored.request, command, { actor, now, who: whoResolver(access.who) });
  if (!decision.ok || command.kind !== 'reviseForm') throw new Error('a judged form was refused');
  const { next, event } = decision;
  const version = next.waiting?.formVersion ?? next.formVersion;
  const person = name(next.progress, next.form);
  access.requests.update(
    { request: next, revision: stored.revision + 1, changedAt: now, person },
    stored.revision,
  );
  access.requests.addVersion(next.id, { version, receivedAt: now, importId, form: command.form });
  record(access.ledger, clock, actor, {
    ...event,
    sentence: `OneForm ${next.form.reference}: version ${version} received`,
    detail: { ...event.detail, importId },
  });
}

/** Unmatched forms whose person a new register knows. Within the caller's transaction. Returns how many. */
export function matchWaiting({ access, clock, job }: ImportContext, importId: string, actor: Actor): number {
  let matched = 0;
  for (const { id, beneficiaryNumber } of access.requests.unmatched()) {
    if (job.cancelled()) throw new CancelledError();
    const named = access.who.personOf(beneficiaryNumber);
    const present = named.kind === 'person' ? access.who.presentOf(named.key) : null;
    if (present === null) continue;
    const stored = access.requests.get(id);
    if (!stored) continue;
    const now = clock.now();
    // The form's own number says which post, as long as it names the person.
    const command: RequestCommand = {
      kind: 'match',
      beneficiary: present.employeeNumber,
      personId: named.kind === 'person' ? personIdOf(named.key) : null,
      post: null,
    };
    const decision = decide(stored.request, command, { actor, now, who: whoResolver(access.who) });
    if (!decision.ok) continue;
    const { next, event } = decision;
    access.requests.update(
      { request: next, revision: stored.revision + 1, changedAt: now, person: present.name },
      stored.revision,
    );
    record(access.ledger, clock, actor, {
      ...event,
      sentence: `OneForm ${next.form.reference}: matched by the register's import`,
      detail: { ...event.detail, importId },
    });
    matched += 1;
  }
  return matched;
}
