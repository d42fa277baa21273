/** Room below the window's own head, in pixels, when something is brought to the top. */
const ROOM = 32;

/** The head is taller while something stands in it (broken glass). */
const headHeight = (): number =>
  (document.querySelector('header')?.getBoundingClientRect().bottom ?? 0) + ROOM;

/** Puts the keyboard on a part of the page, and the part in sight; what is in sight already does not move. */
export const bringTo = (part: HTMLElement | null): void => {
  if (part === null) return;
  part.focus({ preventScroll: true });
  const { top } = part.getBoundingClientRect();
  const head = headHeight();
  if (top >= head && top <= window.innerHeight * 0.7) return;
  window.scrollBy({ top: top - head });
};
