/**
 * Where a key leads in a list of `count` rows from row `active` (-1: none yet); null when the key does not move.
 * `page` is how many rows PageUp and PageDown pass over.
 */
export const stepTo = (key: string, active: number, count: number, page: number): number | null => {
  if (count === 0) return null;
  const within = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return within(active + 1);
    case 'k':
    case 'ArrowUp':
      return active < 0 ? count - 1 : within(active - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return within(Math.max(active, 0) + page);
    case 'PageUp':
      return within(active - page);
    default:
      return null;
  }
};
