/** The narrowest bar that can still be seen, in percent. */
const LEAST = 2;

/** Width of a bar in percent of the longest; 0 stays 0, and what is more than 0 can be seen. */
export const shareOf = (count: number, most: number): number =>
  count <= 0 || most <= 0 ? 0 : Math.max(LEAST, Math.min(100, (count / most) * 100));
