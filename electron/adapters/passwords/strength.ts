import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

export interface Strength {
  /** 0 (guessed at once) to 4. */
  readonly score: number;
  readonly advice: readonly string[];
}

/** Judges passwords by zxcvbn with the common and English word lists, all of it offline. Loaded when first asked: it is large. */
export function createStrengthMeter(): (password: string, about: readonly string[]) => Strength {
  const factory = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    useLevenshteinDistance: true,
  });
  return (password, about) => {
    const { score, feedback } = factory.check(password.slice(0, 128), [...about]);
    return {
      score,
      advice: [feedback.warning, ...feedback.suggestions].filter((text): text is string => Boolean(text)),
    };
  };
}
