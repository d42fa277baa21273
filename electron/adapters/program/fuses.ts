import { createReadStream } from 'node:fs';

/**
 * Where Electron keeps its fuses in its own executable: this mark, a version, their count, and one digit for each
 * (https://www.electronjs.org/docs/latest/tutorial/fuses).
 */
const MARK = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
const HEAD = 2;
/** electron-builder.yml and scripts/lib/after-pack.mjs, in the order of the wire; e2e/package holds the package to them. */
export const DECIDED_FUSES = '010011001';

/** The digits of the wire (0 off, 1 on, r removed), or null where the file has none. */
export async function readFuses(executable: string): Promise<string | null> {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(executable, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([rest, piece as Buffer]);
    const at = bytes.indexOf(MARK);
    const from = at + MARK.length + HEAD;
    if (at >= 0 && bytes.length >= from) {
      const count = bytes[from - 1] ?? 0;
      if (bytes.length >= from + count) return bytes.toString('latin1', from, from + count);
    }
    // The mark may lie across two pieces, and its digits in the next.
    rest = at >= 0 ? bytes.subarray(at) : bytes.subarray(Math.max(0, bytes.length - MARK.length));
  }
  return null;
}
