import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const PAGE = 4096;
const CHUNK_PAGES = 1024;

/**
 * How often each needle stands in the writable memory of another process of ours (Linux). Reads only the pages that are there
 * (/proc/<pid>/pagemap): the engine reserves half a gigabyte that it never touches.
 */
export function searchMemory(pid: number, needles: readonly Uint8Array[]): number[] {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  const counts = needles.map(() => 0);
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
  // What is left of the run of pages before: a needle may lie across two of them.
  const buffer = Buffer.alloc(overlap + CHUNK_PAGES * PAGE);
  try {
    for (const { from, pages } of runsOfPages(pid, pagemap)) {
      let kept = 0;
      for (let done = 0; done < pages; done += CHUNK_PAGES) {
        const length = Math.min(CHUNK_PAGES, pages - done) * PAGE;
        const read = readSafely(memory, buffer, kept, length, from + done * PAGE);
        const filled = buffer.subarray(0, kept + read);
        for (const [n, needle] of needles.entries()) {
          // Those that end within what was kept were counted before.
          const start = Math.max(0, kept - needle.length + 1);
          for (let at = filled.indexOf(needle, start); at >= 0; at = filled.indexOf(needle, at + 1))
            counts[n] = (counts[n] ?? 0) + 1;
        }
        kept = Math.min(overlap, filled.length);
        filled.copy(buffer, 0, filled.length - kept);
      }
    }
    return counts;
  } finally {
    buffer.fill(0);
    closeSync(memory);
    closeSync(pagemap);
  }
}

/** Whether a process has memory of its own: one that has ended and is not yet reaped has a name in /proc, and none (proc(5)). */
export function hasMemory(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1').includes('\nVmSize:');
  } catch {
    return false;
  }
}

function* runsOfPages(
  pid: number,
  pagemap: number,
): Generator<{ readonly from: number; readonly pages: number }> {
  for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
    const [, first = '', last = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (first === '') continue;
    const from = Number.parseInt(first, 16);
    const pages = (Number.parseInt(last, 16) - from) / PAGE;
    const entries = Buffer.alloc(pages * 8);
    readSafely(pagemap, entries, 0, entries.length, (from / PAGE) * 8);
    let start: number | null = null;
    for (let page = 0; page <= pages; page += 1) {
      // Bits 63 and 62: in memory, or swapped out.
      const there = page < pages && (entries[page * 8 + 7] ?? 0) >= 0x40;
      if (there && start === null) start = page;
      if (!there && start !== null) {
        yield { from: from + start * PAGE, pages: page - start };
        start = null;
      }
    }
  }
}

/** Bytes read; a region that may not be read, such as a device's, has none. */
function readSafely(file: number, into: Buffer, at: number, length: number, position: number): number {
  try {
    return readSync(file, into, at, length, position);
  } catch {
    return 0;
  }
}
