const FRAMES = 1_500;

/**
 * Writes over what finished calls left on this thread's stack, some 300 KB of it. The cipher expands the data key on the stack for
 * each page it reads or writes, and does not wipe it: after a lock it was found there. Call with the store closed.
 */
export function wipeStack(): void {
  dive(FRAMES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/** Arguments are written to the stack by every tier of the engine, whatever it does with the rest of a frame. */
function dive(left: number, ...zeros: readonly number[]): number;
function dive(
  left: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
  j: number,
  k: number,
  l: number,
  m: number,
  n: number,
  o: number,
  p: number,
): number {
  if (left === 0) return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p;
  return 1 + dive(left - 1, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
}
