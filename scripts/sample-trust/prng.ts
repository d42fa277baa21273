/** A seeded stream of numbers. The same labels always give the same stream, on every machine. */
export interface Random {
  /** Whole number from 0 to `limit - 1`. */
  below(limit: number): number;
  /** Whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True in about `percent` of 100 calls. */
  chance(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
}

function hashLabels(labels: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const label of labels) {
    const text = `${label}/`;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Each concern draws from a stream of its own, so that a new column in one file leaves the others as they were. */
export function createRandom(...labels: readonly (string | number)[]): Random {
  let state = hashLabels(labels);
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  return {
    below,
    between: (min, max) => min + below(max - min + 1),
    chance: (percent) => below(10_000) < percent * 100,
    pick: (list) => {
      const value = list[below(list.length)];
      if (value === undefined) throw new Error('Nothing to pick from: the list is empty.');
      return value;
    },
  };
}

/** The numbers 0 to `count - 1` in a shuffled order (Fisher and Yates). */
export function shuffledOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
