import { z } from 'zod';
import { readStaffNumber, type StaffNumber } from '../../domain/people/staff-number.ts';
import { cellText } from '../../domain/register/cell-text.ts';
import {
  BRITISH,
  type DateCell,
  DateColumn,
  type DateForm,
  readDateCell,
} from '../../domain/register/date-column.ts';
import { type DateColumnLook, findDateForms } from '../../domain/register/date-question.ts';
import { isBlankWord } from '../../domain/register/date-text.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import { momentInstant, parseSourceInstant, type ToInstant } from '../../domain/register/source-dates.ts';
import { saysYes } from '../../domain/register/yes-words.ts';
import type { OneFormContent } from '../../domain/requests/request.ts';
import type { FileFacts, OneFormsFile } from '../../services/imports/import-ports.ts';
import { MIB, type ReadOptions, readText } from '../esr-files/read-lines.ts';

/** JSON is read whole, so its limit is lower than that of the streamed files. */
export const MAX_JSON_BYTES = 64 * MIB;
const MAX_DEPTH = 8;
const MAX_FORMS = 200_000;

/** A lone surrogate has no UTF-8 and no canonical form, so it could be neither kept nor proved. */
const text = (max: number) =>
  z
    .string()
    .transform(cellText)
    .pipe(
      z
        .string()
        .max(max)
        .refine((value) => value.isWellFormed()),
    );
const nothing = (value: string | null | undefined): string | null =>
  value == null || isBlankWord(value) ? null : value;
const name = text(200).nullish().transform(nothing);
const number = text(30).nullish().transform(nothing);
const TWO_PEOPLE = 'its numbers are not of one person';
/**
 * Portals call the number one or the other, for whoever it is. Where a form has several they are one person's, and the one that names a
 * post says most; where they differ nobody can tell which is meant.
 */
const person = z
  .object({ name, number, employeeNumber: number, assignmentNumber: number })
  .transform((one) => ({
    name: one.name,
    numbers: [one.assignmentNumber, one.number, one.employeeNumber]
      .filter((written) => written !== null)
      .map((written) => ({ written, read: readStaffNumber(written) })),
  }))
  .refine(({ numbers }) => new Set(numbers.map(plainNumber)).size < 2, { error: TWO_PEOPLE })
  .transform((one) => ({
    name: one.name,
    number: (one.numbers.find(namesPost) ?? one.numbers[0])?.written ?? null,
  }));
interface Numbered {
  readonly written: string;
  readonly read: StaffNumber;
}
const plainNumber = ({ written, read }: Numbered) => (read.kind === 'number' ? read.number : written);
const namesPost = ({ read }: Numbered) => read.kind === 'number' && read.postWritten;
/** A file's name alone, or with what else the portal knows of it. */
const attachment = z.union([text(300), z.object({ name: text(300) }).transform((one) => one.name)]);
const saidYes = z
  .union([z.boolean().transform(String), text(20)])
  .nullish()
  .refine((word) => saysYes(word ?? '') !== null)
  .transform((word) => saysYes(word ?? '') === true);

/** What a portal leaves out is not there; what it has beyond this is let go, and named once. */
const formSchema = z.object({
  reference: text(100).pipe(z.string().min(1)),
  submittedAt: text(40).pipe(z.string().min(1)),
  requester: person.nullish(),
  beneficiary: person,
  accessRequested: text(400).pipe(z.string().min(1)),
  justification: text(32_000).nullish().transform(nothing),
  lineManager: person.nullish(),
  authorisation: z
    .object({
      authorised: saidYes,
      by: name,
      byEmployeeNumber: number,
      at: text(40).nullish().transform(nothing),
    })
    .nullish(),
  attachments: z.array(attachment).max(100).nullish(),
});
type JsonForm = z.infer<typeof formSchema>;

const fileSchema = z.object({
  source: text(200).nullish(),
  exportedAt: text(40).nullish(),
  forms: z.array(z.unknown()).max(MAX_FORMS),
});

/**
 * Reads the Service Desk portal's JSON export. A form with a fault fails alone; a file that is no such export, is cut
 * off, is nested too deeply or is larger than `MAX_JSON_BYTES` is refused (`FileRefused`).
 */
export function readOneFormsJson(
  path: string,
  toInstant: ToInstant,
  options: ReadOptions = {},
): OneFormsFile {
  const limit = Math.min(options.maxFileBytes ?? MAX_JSON_BYTES, MAX_JSON_BYTES);
  // One line is how most programs write JSON, so here the line may be as long as the file.
  const { text: json, facts } = wholeText(path, { ...options, maxFileBytes: limit, maxLineBytes: limit });
  const whole = enveloped(parseJson(json));
  const file = fileSchema.safeParse(whole);
  if (!file.success) return refuseFile('wrong-shape', { expected: firstPath(file.error) });
  const parsed = file.data.forms.map((form) => formSchema.safeParse(form));
  const dates = datesOf(parsed.flatMap(({ data }) => (data ? [data] : [])));
  const rows = parsed.map((form, i) => readForm(form, i + 1, dates, toInstant));
  const exportedAt = parseSourceInstant(file.data.exportedAt ?? '', toInstant);
  const { remarks } = dates;
  return { exportedAt, rows, unknownFields: unknownFields(whole, file.data.forms), remarks, facts };
}

/** A list of forms, or one form, as some portals write them without anything round it. */
function enveloped(whole: unknown): unknown {
  if (Array.isArray(whole)) return whole.length === 0 ? whole : { forms: whole };
  const isForm = typeof whole === 'object' && whole !== null && 'reference' in whole && !('forms' in whole);
  return isForm ? { forms: [whole] } : whole;
}

/** Names of fields that are let go, each once, in the order in which they come. */
function unknownFields(whole: unknown, forms: readonly unknown[]): readonly string[] {
  const names = new Set<string>();
  const look = (value: unknown, known: z.ZodType, path: string): void => {
    const wrapped = known instanceof z.ZodOptional || known instanceof z.ZodNullable;
    const inner = wrapped ? known.unwrap() : known instanceof z.ZodPipe ? known.in : known;
    if (inner !== known) {
      look(value, inner as z.ZodType, path);
      return;
    }
    if (!(known instanceof z.ZodObject) || typeof value !== 'object' || value === null) return;
    const shape: Readonly<Record<string, z.ZodType>> = known.shape;
    for (const [key, one] of Object.entries(value)) {
      const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (field) look(one, field, `${path}${key}.`);
      else names.add(`${path}${key}`);
    }
  };
  look(whole, fileSchema, '');
  for (const form of forms) look(form, formSchema, '');
  return [...names];
}

function wholeText(path: string, options: ReadOptions): { text: string; facts: FileFacts } {
  const parts: string[] = [];
  const blocks = readText(path, options);
  for (;;) {
    const next = blocks.next();
    if (next.done) return { text: parts.join(''), facts: next.value };
    parts.push(next.value.text);
  }
}

function parseJson(json: string): unknown {
  if (depthOf(json) > MAX_DEPTH) refuseFile('wrong-shape', { expected: 'it is nested too deeply' });
  try {
    return JSON.parse(json, asWritten);
  } catch {
    return refuseFile(/[\]}]\s*$/.test(json) ? 'not-json' : 'truncated');
  }
}

/** A number as its digits stand in the file: `1.00E+07` was rounded, and must not become somebody's number. */
function asWritten(...[, value, context]: unknown[]): unknown {
  if (typeof value !== 'number') return value;
  const source: unknown =
    typeof context === 'object' && context !== null && 'source' in context ? context.source : undefined;
  return typeof source === 'string' ? source : String(value);
}

/** Deepest nesting of brackets outside strings. A loop, because a pattern would run out of stack on a long string. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (quoted) {
      if (c === 92) i += 1;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth);
    else if (c === 93 || c === 125) depth -= 1;
  }
  return deepest;
}

interface FormDates {
  readonly submitted: DateForm;
  readonly authorised: DateForm;
  /** What is read by custom alone, and could be otherwise. */
  readonly remarks: readonly string[];
}

/**
 * How the dates of the export are written, found from all of them. There is no screen on which a person could say it, so
 * that dates which can be read two ways, where others can only be month first, are read in neither and fail their forms.
 */
function datesOf(forms: readonly JsonForm[]): FormDates {
  const submitted = new DateColumn(BRITISH);
  const authorised = new DateColumn(BRITISH);
  for (const [i, form] of forms.entries()) {
    submitted.read(form.submittedAt, i + 1);
    authorised.read(form.authorisation?.at ?? '', i + 1);
  }
  const look = (field: string, column: DateColumn): DateColumnLook => ({
    ...{ field, isEnd: false, evidence: column.evidence(), chosen: null, remembered: null },
  });
  const [first, second] = findDateForms([look('submittedAt', submitted), look('at', authorised)]);
  const remarks = [first, second].flatMap((one) =>
    one?.state === 'suggested' ? [`Dates under ${one.field}: ${one.sentence}`] : [],
  );
  return {
    submitted: first?.form ?? 'month-named',
    authorised: second?.form ?? 'month-named',
    remarks,
  };
}

function readForm(
  parsed: z.ZodSafeParseResult<JsonForm>,
  index: number,
  dates: FormDates,
  toInstant: ToInstant,
): OneFormsFile['rows'][number] {
  if (!parsed.success) return { ok: false, index, reason: `${firstPath(parsed.error)}.` };
  const form = parsed.data;
  const submitted = readDateCell(form.submittedAt, dates.submitted);
  if (submitted.kind !== 'date') return { ok: false, index, reason: `submittedAt ${whyNot(submitted)}` };
  const authorised = readDateCell(form.authorisation?.at ?? '', dates.authorised);
  if (authorised.kind !== 'date' && authorised.kind !== 'blank') {
    return { ok: false, index, reason: `authorisation.at ${whyNot(authorised)}` };
  }
  const authorisedAt = authorised.kind === 'date' ? momentInstant(authorised, toInstant) : null;
  return { ok: true, index, form: toContent(form, momentInstant(submitted, toInstant), authorisedAt) };
}

const whyNot = (cell: DateCell): string =>
  cell.kind === 'fault' && cell.fault === 'other-order'
    ? 'can be read two ways, and the export does not show which.'
    : 'is not a date and time.';

const NOBODY = { number: null, name: null };

function toContent(form: JsonForm, submittedAt: string, authorisedAt: string | null): OneFormContent {
  const { authorisation, lineManager, requester } = form;
  return {
    reference: form.reference,
    submittedAt,
    requester: requester ?? NOBODY,
    beneficiary: form.beneficiary,
    accessAsTyped: form.accessRequested,
    justification: form.justification ?? '',
    lineManager: lineManager ?? NOBODY,
    authorisation: authorisation?.authorised
      ? { by: { number: authorisation.byEmployeeNumber, name: authorisation.by }, on: authorisedAt }
      : null,
    attachments: form.attachments ?? [],
  };
}

/** Path and kind of the first fault: `authorisation.at is not as expected`. Values never go in. */
function firstPath(error: z.ZodError): string {
  const issue = error.issues[0];
  const at = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole';
  if (issue?.message === TWO_PEOPLE) return `${at}: ${TWO_PEOPLE}`;
  switch (issue?.code) {
    case 'too_big':
      return `${at} is too long`;
    case 'too_small':
      return `${at} is empty`;
    default:
      return `${at} is missing or not of the right kind`;
  }
}
