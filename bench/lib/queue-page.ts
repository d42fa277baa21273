/** What the list must show at `index` of `total`; reference null where it shows nothing. */
export interface Expected {
  readonly total: number;
  readonly index: number;
  readonly reference: string | null;
}

export const GRID = 'document.querySelector("[role=grid][aria-label=Requests]")';
export const FILTER = 'document.querySelector("input[placeholder^=Reference]")';

/**
 * Runs in the page: waits for the next event of a kind, looks at the list whenever it changes, and notes the time once the expected row
 * stands there and the frame with it has been painted.
 */
export const AT_PAGE = `(() => {
  const ROW = 40;
  const grid = () => ${GRID};
  const there = ({ total, index, reference }) => {
    const list = grid();
    if (!list || list.getAttribute('aria-busy') !== 'false' || list.getAttribute('aria-rowcount') !== String(total + 1)) return false;
    if (reference === null) return true;
    return list.querySelector('[aria-rowindex="' + (index + 2) + '"]')?.textContent.includes(reference) ?? false;
  };
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  }));
  globalThis.__bench = {
    shown: null,
    expect(kind, expected) {
      this.shown = new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('the rows never came: ' + kind + ' ' + JSON.stringify(expected))), 20_000);
        addEventListener(kind, (event) => {
          const began = event.timeStamp;
          const observer = new MutationObserver(() => look());
          const look = () => {
            if (!there(expected)) return;
            observer.disconnect();
            clearTimeout(late);
            painted().then((ended) => resolve(ended - began));
          };
          observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
          // The page's own handlers come first.
          setTimeout(look);
        }, { capture: true, once: true });
      });
    },
    middleOf(element) {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    scrollTo(index) { grid().scrollTop = index * ROW; },
  };
})()`;
