import type { Input } from '../../../../electron/contract/contract.ts';
import type { Faults } from '../../lib/owner-draft.ts';

export type Environment = Input<'session:createTrustStore'>['environment'];

export interface TrustDraft {
  readonly trustName: string;
  readonly vpd: string;
  readonly environment: Environment | null;
}

export const EMPTY_TRUST: TrustDraft = { trustName: '', vpd: '', environment: null };

const PHRASE_WORDS = 24;
/** As many as show that the paper can be read, and few enough to type. */
const WORDS_ASKED = 3;

export const checkTrust = (draft: TrustDraft): Faults<TrustDraft> => ({
  ...(draft.trustName.trim() === '' ? { trustName: 'Enter the trust’s name' } : {}),
  ...(/^\d{3}$/.test(draft.vpd.trim()) ? {} : { vpd: 'Enter the 3 digits of the VPD, such as 919' }),
  ...(draft.environment === null ? { environment: 'Say whether this is LIVE or TPLY' } : {}),
});

/** Which words are asked for, counted from 1 and in order; `random` answers 0 to below 1. */
export const wordsToAsk = (random: () => number): readonly number[] => {
  const chosen = new Set<number>();
  while (chosen.size < WORDS_ASKED) chosen.add(1 + Math.floor(random() * PHRASE_WORDS));
  return [...chosen].sort((a, b) => a - b);
};

const plain = (word: string): string => word.trim().toLowerCase();

/** Numbers of the words that were typed wrong. */
export const wrongWords = (
  words: readonly string[],
  asked: readonly number[],
  typed: Readonly<Record<number, string>>,
): readonly number[] =>
  asked.filter((number) => plain(typed[number] ?? '') !== plain(words[number - 1] ?? ''));

/** The words of a phrase as somebody typed or pasted it: numbers, commas and line ends do not matter. */
export const phraseWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);

export const phraseFault = (text: string): string | null => {
  const { length } = phraseWords(text);
  return length === PHRASE_WORDS ? null : `The phrase has ${PHRASE_WORDS} words; there are ${length} here`;
};
