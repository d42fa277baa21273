/** Runs in the page: the longest time between two frames from `start` to `longest`. */
export const FRAMES = `(() => {
  let on = false, last = 0, longest = 0;
  const frame = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) requestAnimationFrame(frame);
  };
  globalThis.__frames = {
    start() { on = true; longest = 0; last = performance.now(); requestAnimationFrame(frame); },
    longest() { on = false; return Math.max(longest, performance.now() - last); },
  };
})()`;
