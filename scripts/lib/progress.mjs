/**
 * What the files of a test run have said so far. A file says something whenever one of its tests or hooks begins or ends;
 * see progress-reporter.mjs.
 *
 * @typedef {object} Heard
 * @property {'file'|'said'|'ended'} what a file began, one of its tests began or ended, the file ended
 * @property {string} file by its path below the project
 * @property {string} [test] what it is at; empty when it has ended
 * @property {number} [mayTakeMs] how long that test may take before vitest itself ends it
 *
 * @typedef {object} FileTime
 * @property {string} file
 * @property {number} ms so far, where it has not ended
 * @property {boolean} ended
 * @property {string} test the one it was at, where it has not ended
 */

/** Before the first file the display, the keychain and the prepared homes are made; after the last they are taken down. */
const IDLE_MS = 120_000;

/** Keeps the time of every file of one run, and is made as it begins: the silence before is nobody's. `now` in ms, from any start. */
export function createProgress(now = () => performance.now()) {
  /** @type {Map<string, {began: number, said: number, ended: number | null, test: string, mayTakeMs: number}>} */
  const files = new Map();
  let lastWord = now();
  const open = (file) => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const at = now();
    const made = { began: at, said: at, ended: null, test: '', mayTakeMs: 0 };
    files.set(file, made);
    return made;
  };

  return {
    /** @param {Heard} heard */
    hear: ({ what, file, test = '', mayTakeMs = 0 }) => {
      const at = now();
      lastWord = at;
      const one = open(file);
      one.said = at;
      one.test = test;
      one.mayTakeMs = mayTakeMs;
      if (what === 'ended') one.ended = at;
    },

    /**
     * Why the run should be stopped: a file, or the whole run, that has said nothing for longer than it may.
     * @param {number} limitMs beyond what the test that it is at may take, so that vitest, which knows the test, speaks first
     * @returns {string | null} one sentence
     */
    silence: (limitMs) => {
      const at = now();
      const running = [...files].filter(([, { ended }]) => ended === null);
      for (const [file, { said, test, mayTakeMs }] of running) {
        if (at - said <= limitMs + mayTakeMs) continue;
        const where = test === '' ? '' : `, in “${test}”`;
        return `${file} has said nothing for ${minutes(at - said)}${where}.`;
      }
      if (running.length > 0 || at - lastWord <= limitMs + IDLE_MS) return null;
      return `No file of tests has said anything for ${minutes(at - lastWord)}.`;
    },

    /** @returns {FileTime[]} slowest first; what was never begun is not in it */
    times: () =>
      [...files]
        .map(([file, { began, ended, test }]) => ({
          file,
          ms: (ended ?? now()) - began,
          ended: ended !== null,
          test,
        }))
        .sort((a, b) => b.ms - a.ms),
  };
}

const minutes = (ms) => `${(ms / 60_000).toFixed(1)} minutes`;

/**
 * The slowest files, one a line, and those that had not ended however short they ran.
 * @param {readonly FileTime[]} times
 * @returns {string[]}
 */
export function slowestFiles(times, count = 10) {
  const sorted = [...times].sort((a, b) => b.ms - a.ms);
  const shown = sorted.filter(({ ended }, at) => at < count || !ended);
  return shown.map(({ file, ms, ended, test }) => {
    const open = ended ? '' : test === '' ? '  (was running)' : `  (was running: ${test})`;
    return `${`${(ms / 1000).toFixed(1)} s`.padStart(8)}  ${file}${open}`;
  });
}
