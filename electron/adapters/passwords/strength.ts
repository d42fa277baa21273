export interface Strength {
  /** 0 (guessed at once) to 4. */
  readonly score: number;
  readonly advice: readonly string[];
  /** On a list of common and breached passwords, as it is or without the figures and signs at its end. */
  readonly stolen: boolean;
}

export type StrengthMeter = (password: string, about: readonly string[]) => Promise<Strength>;

/** Longer than any password we take; a text of any length must not hold the judge up. */
const JUDGED = 128;

/**
 * Judges passwords by zxcvbn with the common and English word lists, and by the common list itself (49,000 that were stolen most
 * often), all of it offline. The lists take some 25 MB of memory, so they
 * are loaded when a password is first judged and not at start.
 */
export function createStrengthMeter(): StrengthMeter {
  let loaded: ReturnType<typeof load> | null = null;
  return async (password, about) => {
    loaded ??= load();
    const { factory, stolen } = await loaded;
    const judged = password.slice(0, JUDGED);
    const { score, feedback } = factory.check(judged, [...about]);
    return {
      score,
      stolen: basesOf(judged).some((base) => stolen.has(base)),
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
  const factory = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    useLevenshteinDistance: true,
  });
  // Folded as what is looked up is, though the list is in small letters today.
  const stolen = new Set(common.dictionary['passwords-common'].map(folded));
  return { factory, stolen };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What people put at the end when a word alone is not taken. */
const DRESSING = /[^\p{L}]+$/u;

function basesOf(password: string): readonly string[] {
  const whole = folded(password);
  return [whole, whole.replace(DRESSING, ''), whole.replace(/\d+$/, '')];
}
