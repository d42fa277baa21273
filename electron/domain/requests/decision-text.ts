import type { Prerequisite } from '../access/prerequisite-facts.ts';
import { showDate, showInstant } from '../dates.ts';
import { plainLines } from '../plain-lines.ts';
import type { AccessRequest, ExceptionTerms, FormPerson } from './request.ts';

export interface DecisionFacts {
  readonly trust: string;
  readonly environment: string;
  readonly request: AccessRequest;
  readonly revision: number;
  /** As the register names who gets the access. */
  readonly person: string;
  readonly prerequisites: readonly Prerequisite[];
  /** Who decides, and signs. */
  readonly by: { readonly displayName: string; readonly employeeNumber: string | null };
}

/**
 * The exact words that an approval signs: plain text, a line for each fact, in an order that never changes, so that what was
 * shown and what is signed can be compared by their hashes. Lines end with LF; the text with one too.
 */
export function approvalText(facts: DecisionFacts): string {
  return plainLines([
    'APPROVAL OF ACCESS TO ESR',
    '',
    ...asked(facts),
    '',
    ...found(facts),
    '',
    `Approved by: ${decider(facts)}`,
  ]);
}

export interface ExceptionFactsToSign extends DecisionFacts {
  /** The display name of the officer who asked. */
  readonly askedBy: string;
  readonly terms: ExceptionTerms;
}

/** As `approvalText`, of a decision on an exception. `prerequisites` are judged without it. */
export function exceptionText(facts: ExceptionFactsToSign): string {
  const { terms, request, prerequisites, askedBy } = facts;
  const { exception } = request.progress;
  const covered = prerequisites.filter(({ id }) => exception?.covers.includes(id));
  return plainLines([
    'DECISION ON AN EXCEPTION TO THE PROCEDURE FOR ACCESS TO ESR (5.1.1)',
    '',
    ...asked(facts),
    '',
    `Exception asked by: ${askedBy}`,
    `Why: ${exception?.reason ?? 'not said'}`,
    'Exception from:',
    ...covered.map(line),
    '',
    ...found(facts),
    '',
    terms.granted
      ? `Decision: granted, for access that ends no later than ${showDate(terms.until)}`
      : 'Decision: refused',
    `Because: ${terms.reason}`,
    `Decided as Caldicott Guardian by: ${decider(facts)}`,
  ]);
}

function asked({ trust, environment, request, revision, person }: DecisionFacts): readonly string[] {
  const { form, progress } = request;
  const { authorisation } = progress;
  return [
    `Trust: ${trust} (${environment})`,
    `Request: ${form.reference}, form version ${request.formVersion}, revision ${revision}`,
    `For: ${person} (${progress.beneficiary ?? 'nobody in the register'})`,
    `Access: ${request.urp ?? 'not known'}`,
    `Asked by: ${named(form.requester)}`,
    `Reason given: ${form.justification}`,
    `Authorised by: ${authorisation === null ? 'nobody' : `${named(authorisation.by)} on ${shownDay(authorisation.on)}`}`,
  ];
}

const found = ({ prerequisites }: DecisionFacts): readonly string[] => [
  'What must hold (clause of the procedure, and what was found):',
  ...prerequisites.map(line),
];

const line = ({ clause, title, state, fact }: Prerequisite): string =>
  `- ${clause} ${title}: ${STATE_WORDS[state]}. ${fact}`;

const STATE_WORDS: Readonly<Record<Prerequisite['state'], string>> = {
  holds: 'holds',
  missing: 'missing',
  warning: 'holds, with a warning',
  unknown: 'not known',
};

const decider = ({ by }: DecisionFacts): string =>
  `${by.displayName} (${by.employeeNumber ?? 'no employee number'})`;

const named = ({ name, number }: FormPerson): string =>
  `${name ?? 'no name given'} (${number ?? 'no number'})`;

/** A form gives a day or an instant. */
function shownDay(day: string | null): string {
  if (day === null) return 'a day not given';
  return day.length > 10 ? showInstant(day) : showDate(day);
}
