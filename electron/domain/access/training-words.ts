/**
 * Which training counts, and when it counts as passed (6). Both are words that an owner can change, and both are matched whole:
 * "Compliant - Expired" is not "Compliant".
 */
import type { IsoDate } from '../dates.ts';
import type { TrainingFacts } from './prerequisite-facts.ts';

export interface TrainingWords {
  /** Names of competences; any one of them will do. */
  readonly competences: readonly string[];
  /** Status words that mean passed. */
  readonly passed: readonly string[];
}

/** The national module is Data Security Awareness; before, it was called information governance, and files still say so. */
export const DEFAULT_TRAINING_WORDS: TrainingWords = {
  competences: [
    'Information Governance',
    'Information Governance and Data Security',
    'Information Governance and Data Security Awareness',
    'Data Security Awareness',
    'Data Security and Information Governance',
  ],
  passed: [
    'Pass',
    'Passed',
    'Achieved',
    'Complete',
    'Completed',
    'Compliant',
    'Current',
    'In date',
    'Met',
    'Valid',
    'Yes',
  ],
};

/** One attainment as the training file has it. */
export interface Attainment {
  readonly competence: string;
  readonly status: string;
  readonly expiresOn: IsoDate | null;
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** `In-date` is `In date`. */
const status = (text: string): string => folded(text).replace(/-/g, ' ').replace(/ +/g, ' ').trim();

/** How often it is to be renewed, or its level: no part of what a competence is called. */
const RENEWAL =
  /(?:\s*[-(,:]\s*|\s(?=level \d))(level \d+|\d+ (years?|months?)|annual(ly)?|yearly|no (specified )?renewal|no expiry|once only|preferred|essential|mandatory)\)?$/;

/** ESR's names: `NHS|CSTF|Information Governance - 1 Year|` and `000 Data Security Awareness - Level 1` say what is between. */
function namesIn(competence: string): readonly string[] {
  return folded(competence)
    .split('|')
    .map(plainName)
    .filter((name) => name !== '');
}

function plainName(part: string): string {
  let name = part
    .trim()
    .replace(/^\d{3} (- )?/, '')
    .replace(/^nhs (?=\S)/, '');
  for (;;) {
    const shorter = name.replace(RENEWAL, '').trim();
    if (shorter === name) return name;
    name = shorter;
  }
}

/** Reads rows by the words, which are folded once for all of them. */
export function trainingReader(words: TrainingWords): (rows: readonly Attainment[]) => TrainingFacts | null {
  const competences = new Set(words.competences.flatMap(namesIn));
  const passed = new Set(words.passed.map(status));
  return (rows) => {
    const found = rows
      .filter(({ competence }) => namesIn(competence).some((name) => competences.has(name)))
      .map(
        ({ status: said, expiresOn }): TrainingFacts => ({
          status: passed.has(status(said)) ? 'passed' : 'not-passed',
          expiresOn,
        }),
      );
    return found.reduce<TrainingFacts | null>(
      (best, one) => (best && runsAsLong(best, one) ? best : one),
      null,
    );
  };
}

/** Passed before not passed; then the one that runs longest, where no end is the longest. */
function runsAsLong(a: TrainingFacts, b: TrainingFacts): boolean {
  if (a.status !== b.status) return a.status === 'passed';
  return (a.expiresOn ?? '9999-12-31') >= (b.expiresOn ?? '9999-12-31');
}
