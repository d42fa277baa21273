/** A line ends with LF, CRLF or a CR alone, whichever stands there: files are written on one system and mended on another. */
const LF = 0x0a;
const CR = 0x0d;

/** Line ends before `end`; a CRLF that `end` cuts in two is one that begins before it. */
export function countLineEnds(text: string, end: number): number {
  let count = 0;
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while ((lf >= 0 && lf < end) || (cr >= 0 && cr < end)) {
    count += 1;
    if (cr >= 0 && (lf < 0 || cr < lf)) {
      if (lf === cr + 1) lf = text.indexOf('\n', lf + 1);
      cr = text.indexOf('\r', cr + 1);
    } else lf = text.indexOf('\n', lf + 1);
  }
  return count;
}

/** Just after the last line end of bytes that go on behind them: a CR at the very end may be the half of a CRLF. 0 for none. */
export function afterLastLineEnd(bytes: Buffer): number {
  const lf = bytes.lastIndexOf(LF);
  let cr = bytes.lastIndexOf(CR);
  if (cr >= 0 && cr === bytes.length - 1) cr = bytes.length === 1 ? -1 : bytes.lastIndexOf(CR, cr - 1);
  return Math.max(lf, cr) + 1;
}

/** Calls `line` with the length in bytes of each line, its end not counted; the last may have no end. Returns the line ends. */
export function eachLineLength(bytes: Buffer, line: (length: number, index: number) => void): number {
  let count = 0;
  let from = 0;
  let lf = bytes.indexOf(LF);
  let cr = bytes.indexOf(CR);
  while (lf >= 0 || cr >= 0) {
    const at = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
    line(at - from, count);
    count += 1;
    const next = at === cr && lf === cr + 1 ? at + 2 : at + 1;
    if (cr >= 0 && cr < next) cr = bytes.indexOf(CR, next);
    if (lf >= 0 && lf < next) lf = bytes.indexOf(LF, next);
    from = next;
  }
  if (from < bytes.length) line(bytes.length - from, count);
  return count;
}

/** The lines of a text without their ends. */
export function splitLines(text: string): string[] {
  if (!text.includes('\r')) return text.split('\n');
  if (/\r(?!\n)/.test(text)) return text.split(/\r\n?|\n/);
  return text.split('\n').map((one) => (one.endsWith('\r') ? one.slice(0, -1) : one));
}

export function endsWithLineEnd(bytes: Buffer): boolean {
  return bytes.at(-1) === LF || bytes.at(-1) === CR;
}

/** Length of the line end with which a text ends: 0, 1 or 2. */
export function lastLineEnd(text: string): number {
  if (text.endsWith('\r\n')) return 2;
  return text.endsWith('\n') || text.endsWith('\r') ? 1 : 0;
}
