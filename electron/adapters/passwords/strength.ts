export interface Strength {
  /** 0 (guessed at once) to 4. */
  readonly score: number;
  readonly advice: readonly string[];
}

export type StrengthMeter = (password: string, about: readonly string[]) => Promise<Strength>;

/** Longer than any password we take; a text of any length must not hold the judge up. */
const JUDGED = 128;

/**
 * Judges passwords by zxcvbn with the common and English word lists, all of it offline. The lists take some 25 MB of memory, so they
 * are loaded when a password is first judged and not at start.
 */
export function createStrengthMeter(): StrengthMeter {
  let loaded: ReturnType<typeof load> | null = null;
  return async (password, about) => {
    loaded ??= load();
    const factory = await loaded;
    const { score, feedback } = factory.check(password.slice(0, JUDGED), [...about]);
    return {
      score,
      advice: [feedback.warning, ...feedback.suggestions].filter((text): text is string => Boolean(text)),
    };
  };
}

async function load() {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    useLevenshteinDistance: true,
  });
}
