import type { Prerequisite } from '../access/prerequisite-facts.ts';
import type { AccessRequest, FormPerson } from './request.ts';

export interface ApprovalFacts {
  readonly trust: string;
  readonly environment: string;
  readonly request: AccessRequest;
  readonly revision: number;
  /** As the register names who gets the access. */
  readonly person: string;
  readonly prerequisites: readonly Prerequisite[];
  readonly approver: { readonly displayName: string; readonly employeeNumber: string | null };
}

/**
 * The exact words that an approval signs: plain text, a line for each fact, in an order that never changes, so that what was
 * shown and what is signed can be compared by their hashes. Lines end with LF; the text with one too.
 */
export function approvalText(facts: ApprovalFacts): string {
  const { request, approver } = facts;
  const { form, progress } = request;
  const lines = [
    'APPROVAL OF ACCESS TO ESR',
    '',
    `Trust: ${facts.trust} (${facts.environment})`,
    `Request: ${form.reference}, form version ${request.formVersion}, revision ${facts.revision}`,
    `For: ${facts.person} (${progress.beneficiary ?? 'nobody in the register'})`,
    `Access: ${request.urp ?? 'not known'}`,
    `Asked by: ${named(form.requester)}`,
    `Reason given: ${form.justification}`,
    `Authorised by: ${progress.authorisation === null ? 'nobody' : `${named(progress.authorisation.by)} on ${progress.authorisation.on ?? 'a day not given'}`}`,
    '',
    'What must hold (clause of the procedure, and what was found):',
    ...facts.prerequisites.map(
      ({ clause, title, state, fact }) => `- ${clause} ${title}: ${STATE_WORDS[state]}. ${fact}`,
    ),
    '',
    `Approved by: ${approver.displayName} (${approver.employeeNumber ?? 'no employee number'})`,
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

const STATE_WORDS: Readonly<Record<Prerequisite['state'], string>> = {
  holds: 'holds',
  missing: 'missing',
  warning: 'holds, with a warning',
  unknown: 'not known',
};

const named = ({ name, number }: FormPerson): string =>
  `${name ?? 'no name given'} (${number ?? 'no number'})`;

/** What a form says must not be able to look like a line of ours: every kind of line break and control becomes a space. */
const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
