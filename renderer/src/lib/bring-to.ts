/** Room for the window's own head, in pixels, when something is brought to the top. */
const HEAD = 112;

/** Puts the keyboard on a part of the page, and the part in sight; what is in sight already does not move. */
export const bringTo = (part: HTMLElement | null): void => {
  if (part === null) return;
  part.focus({ preventScroll: true });
  const { top } = part.getBoundingClientRect();
  if (top >= HEAD && top <= window.innerHeight * 0.7) return;
  window.scrollBy({ top: top - HEAD });
};
