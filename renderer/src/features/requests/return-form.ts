import type { PrerequisiteView, RequestDetail } from '../../../../electron/contract/requests.contract.ts';

const LONGEST_LINE = 500;
const MOST_LINES = 20;

/** What the form lacks, one line each: the facts that do not hold, for the sender to read; the officer's next actions are not theirs. */
export const missingLines = (
  prerequisites: readonly Pick<PrerequisiteView, 'state' | 'fact' | 'clause'>[],
): readonly string[] =>
  prerequisites
    .filter((p) => p.state === 'missing' || p.state === 'unknown')
    .map((p) => `${p.fact} (${/^\d/.test(p.clause) ? 'procedure ' : ''}${p.clause})`)
    .map((line) => line.slice(0, LONGEST_LINE))
    .slice(0, MOST_LINES);

/** The text box's lines as the contract wants them: trimmed, no empty ones, no more than it takes. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^\s*[-•]\s*/, '')
        .trim()
        .slice(0, LONGEST_LINE),
    )
    .filter((line) => line !== '')
    .slice(0, MOST_LINES);

/** The mail to the person who sent the form. Plain text, so that any mail program takes it. */
export const mailText = (
  form: Pick<RequestDetail['form'], 'reference' | 'requesterName' | 'beneficiaryName' | 'accessAsked'>,
  missing: readonly string[],
  note: string,
): string =>
  [
    `Subject: OneForm ${form.reference} cannot be completed yet`,
    '',
    `Dear ${form.requesterName},`,
    '',
    `Your OneForm ${form.reference} asks for ${form.accessAsked} in ESR for ${form.beneficiaryName}. We cannot complete it until we have:`,
    '',
    ...missing.map((line, i) => `${i + 1}. ${line}`),
    ...(note.trim() === '' ? [] : ['', note.trim()]),
    '',
    `Please send the form again through the Service Desk portal with the same reference, ${form.reference}.`,
    '',
    'Corporate Systems',
  ].join('\n');
