/** Height of a row of the queue, in pixels; the head of the list is as high. */
export const QUEUE_ROW = 40;
/** What stands above and below the list, in rem: the list takes the rest of the window. */
export const QUEUE_RESERVED_REM = 23.5;
export const QUEUE_SHORTEST_REM = 16;

/** Height of the list in pixels, as its CSS says it. */
export const listHeight = (windowHeight: number, rem: number): number =>
  Math.max(QUEUE_SHORTEST_REM * rem, windowHeight - QUEUE_RESERVED_REM * rem);

/**
 * Where to scroll to when the queue comes back: to where it was, unless the person has gone on from request to request
 * meanwhile, so that the row they stand on would be out of sight; then that row comes to the middle.
 */
export const scrollOnReturn = (remembered: number, selected: number, height: number): number => {
  if (selected < 0) return remembered;
  const top = selected * QUEUE_ROW;
  const inView = top >= remembered && top + 2 * QUEUE_ROW <= remembered + height;
  return inView ? remembered : Math.max(0, top - Math.floor((height - 2 * QUEUE_ROW) / 2));
};
