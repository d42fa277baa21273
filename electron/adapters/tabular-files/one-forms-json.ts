import { z } from 'zod';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import { parseSourceInstant, type ToInstant } from '../../domain/register/source-dates.ts';
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
    .trim()
    .max(max)
    .refine((value) => value.isWellFormed());
const name = text(200).nullable();
const number = text(30)
  .nullable()
  .transform((value) => value || null);
const person = z.strictObject({ name, employeeNumber: number });

const formSchema = z.strictObject({
  reference: text(100).min(1),
  submittedAt: text(40).min(1),
  requester: person,
  beneficiary: z.strictObject({ number, name }),
  accessRequested: text(400).min(1),
  justification: text(32_000).nullable(),
  lineManager: person.nullable(),
  authorisation: z
    .strictObject({ authorised: z.boolean(), by: name, byEmployeeNumber: number, at: text(40).nullable() })
    .nullable(),
  attachments: z.array(text(300)).max(100),
});
type JsonForm = z.infer<typeof formSchema>;

const fileSchema = z.strictObject({
  source: text(200),
  exportedAt: text(40),
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
  const file = fileSchema.safeParse(parseJson(json));
  if (!file.success) return refuseFile('wrong-shape', { expected: firstPath(file.error) });
  const rows = file.data.forms.map((form, i) => readForm(form, i + 1, toInstant));
  return { exportedAt: parseSourceInstant(file.data.exportedAt, toInstant), rows, facts };
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
    return JSON.parse(json);
  } catch {
    return refuseFile(/[\]}]\s*$/.test(json) ? 'not-json' : 'truncated');
  }
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

function readForm(value: unknown, index: number, toInstant: ToInstant): OneFormsFile['rows'][number] {
  const parsed = formSchema.safeParse(value);
  if (!parsed.success) return { ok: false, index, reason: `${firstPath(parsed.error)}.` };
  const form = parsed.data;
  const submittedAt = parseSourceInstant(form.submittedAt, toInstant);
  if (submittedAt === null) return { ok: false, index, reason: 'submittedAt is not a date and time.' };
  const at = form.authorisation?.at ?? null;
  const authorisedAt = at === null ? null : parseSourceInstant(at, toInstant);
  if (at !== null && authorisedAt === null) {
    return { ok: false, index, reason: 'authorisation.at is not a date and time.' };
  }
  return { ok: true, index, form: toContent(form, submittedAt, authorisedAt) };
}

function toContent(form: JsonForm, submittedAt: string, authorisedAt: string | null): OneFormContent {
  const { authorisation, lineManager } = form;
  return {
    reference: form.reference,
    submittedAt,
    requester: { number: form.requester.employeeNumber, name: form.requester.name || null },
    beneficiary: { number: form.beneficiary.number, name: form.beneficiary.name || null },
    accessAsTyped: form.accessRequested,
    justification: form.justification ?? '',
    lineManager: { number: lineManager?.employeeNumber ?? null, name: lineManager?.name || null },
    authorisation: authorisation?.authorised
      ? {
          by: { number: authorisation.byEmployeeNumber, name: authorisation.by || null },
          on: authorisedAt,
        }
      : null,
    attachments: form.attachments,
  };
}

/** Path and kind of the first fault: `authorisation.at is not as expected`. Values never go in. */
function firstPath(error: z.ZodError): string {
  const issue = error.issues[0];
  const at = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole';
  switch (issue?.code) {
    case 'unrecognized_keys':
      return `${at} has a field that is not known`;
    case 'too_big':
      return `${at} is too long`;
    case 'too_small':
      return `${at} is empty`;
    default:
      return `${at} is missing or not of the right kind`;
  }
}
