/** How a judgement is put into words: the same four shapes for every rule, so that every refusal reads alike. */
import type { Prerequisite, PrerequisiteFacts, SourceName } from './prerequisite-facts.ts';

type Ground = Pick<Prerequisite, 'id' | 'title' | 'clause' | 'source'>;

const SOURCES: Readonly<Record<SourceName, { readonly title: string; readonly mend: string }>> = {
  register: { title: 'the GO file', mend: 'import the latest GO file.' },
  holdings: {
    title: 'the Active Responsibilities export',
    mend: 'import the latest Active Responsibilities export.',
  },
  asNumbers: { title: "Finance's list of AS numbers", mend: "import Finance's list of AS numbers." },
  training: { title: 'the training compliance file', mend: 'import the training compliance file.' },
};

export function sourceTitle(name: SourceName): string {
  return SOURCES[name].title;
}

/** A fact is a sentence, with its full stop. */
export function holds(ground: Ground, fact: string): Prerequisite {
  return { ...ground, state: 'holds', sentence: fact, fact, nextAction: null };
}

/** The next action starts with a small letter and ends with a full stop. */
export function missing(ground: Ground, fact: string, nextAction: string): Prerequisite {
  return {
    ...ground,
    state: 'missing',
    fact: capital(fact),
    ...next(`Cannot be granted yet: ${fact}`, nextAction),
  };
}

export function warning(ground: Ground, fact: string, nextAction: string): Prerequisite {
  return { ...ground, state: 'warning', fact, ...next(fact, nextAction) };
}

/** A source never imported: nothing is known, and what is not known blocks. */
export function neverImported(ground: Ground, name: SourceName): Prerequisite {
  const fact = `${capital(SOURCES[name].title)} has never been imported.`;
  return { ...ground, state: 'unknown', fact, ...next(`Cannot be decided yet: ${fact}`, SOURCES[name].mend) };
}

function next(sentence: string, nextAction: string): Pick<Prerequisite, 'sentence' | 'nextAction'> {
  return { sentence: `${sentence} Next: ${nextAction}`, nextAction: capital(nextAction) };
}

export function fromExtract(facts: PrerequisiteFacts, name: SourceName): Prerequisite['source'] {
  const source = facts.sources[name];
  return source && { name: source.name, takenAt: source.takenAt };
}

export function fromForm({ request }: PrerequisiteFacts): Prerequisite['source'] {
  return { name: `OneForm ${request.reference}`, takenAt: request.submittedAt };
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
