import { isAscii, isUtf8 } from 'node:buffer';
import { NO_PLACES, type OddPlaces, type OddText } from '../../domain/register/odd-text.ts';
import type { FileEncoding } from '../../services/imports/import-ports.ts';
import { countLineEnds } from './line-ends.ts';

/** Stands for a byte that no encoding explains. */
export const LOST = '\ufffd';

/**
 * Windows-1252's 0x80-0x9F. Written out because `TextDecoder` needs an ICU that not every Electron build carries,
 * and Node's own `latin1` leaves these 32 as control characters. 0 marks a byte that the code page does not have.
 */
const HIGH = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
] as const;
const HIGH_SET: ReadonlySet<number> = new Set(HIGH);

/** One byte, as `latin1` shows it. */
function windows1252(char: string): string {
  const byte = char.charCodeAt(0);
  if (byte >= 0xa0) return char;
  const code = HIGH[byte - 0x80] ?? 0;
  return code === 0 ? LOST : String.fromCharCode(code);
}

export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, windows1252);
}

/** A character of UTF-8 beyond ASCII (Unicode 15, table 3-7), or one byte that is none, in text read as `latin1`. */
const PIECE =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

/**
 * As `toString('utf8')` of valid UTF-8, at a quarter of its time: nearly all of a file is ASCII, and a text whose characters
 * have a byte each stays small.
 */
function utf8Text(block: Buffer): string {
  return block
    .toString('latin1')
    .replace(/[\x80-\xff]+/g, (run) => Buffer.from(run, 'latin1').toString('utf8'));
}

export interface BlockDecoder {
  /** Decodes a block that ends at a line's end; `firstLine` is the number of its first line. Never refuses. */
  decode(block: Buffer, firstLine: number): string;
  readonly encoding: () => FileEncoding;
  /** What the file's own encoding does not explain, as far as it was read. */
  readonly odd: () => OddText;
}

/**
 * UTF-8 and Windows-1252 side by side: text of either is read as it was written, character by character, since files are
 * glued together and names pasted in. Which of them is the file's is what most of it is; the rest is told with its lines.
 * In a file of Windows-1252, what looks like UTF-8 is taken as that only where Windows-1252 has the character too, because
 * two of its own characters side by side (the `É’` of ANDRÉ’S) can look like one of UTF-8's.
 */
export function openDecoder(bom = false): BlockDecoder {
  const utf8 = openCount();
  const single = openCount();
  const lost = openCount();
  const isSingle = () => !bom && single.count() > utf8.count();
  const wholeUtf8 = (block: Buffer, firstLine: number): string => {
    const text = utf8Text(block);
    // Each character beyond ASCII is one to three bytes longer in UTF-8 than in memory.
    utf8.add(block.length - text.length, text, /[^\0-\x7f]/g, firstLine);
    return text;
  };
  const mixed = (block: Buffer, firstLine: number): string => {
    const latin = block.toString('latin1');
    const pieces = latin.match(PIECE) ?? [];
    const bytes = pieces.reduce((sum, piece) => sum + (piece.length === 1 ? 1 : 0), 0);
    const asSingle = !bom && single.count() + bytes > utf8.count() + pieces.length - bytes;
    return latin.replace(PIECE, (piece: string, at: number) => {
      const read = piece.length === 1 ? null : Buffer.from(piece, 'latin1').toString('utf8');
      if (read !== null && (!asSingle || inWindows1252(read))) {
        utf8.one(latin, at, firstLine);
        return read;
      }
      const chars = Array.from(piece, windows1252);
      for (const [i, char] of chars.entries()) (char === LOST ? lost : single).one(latin, at + i, firstLine);
      return chars.join('');
    });
  };
  return {
    decode(block, firstLine) {
      if (isAscii(block)) return block.toString('latin1');
      return isUtf8(block) && !isSingle() ? wholeUtf8(block, firstLine) : mixed(block, firstLine);
    },
    encoding: () => {
      if (utf8.count() + single.count() + lost.count() === 0) return 'ascii';
      return isSingle() ? 'windows-1252' : 'utf-8';
    },
    odd: () => ({ lost: lost.places(), other: (isSingle() ? utf8 : single).places() }),
  };
}

function inWindows1252(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (code >= 0xa0 && code <= 0xff) || HIGH_SET.has(code);
}

/** Places kept of each kind: enough to look at, never a list as long as the file. */
const KEPT = 5;

function openCount() {
  let count = 0;
  const first: OddPlaces['first'][number][] = [];
  const keep = (text: string, at: number, firstLine: number): void => {
    const before = text.slice(startOfLine(text, at), at);
    first.push({ line: firstLine + countLineEnds(text, at), before });
  };
  return {
    count: () => count,
    places: (): OddPlaces => (count === 0 ? NO_PLACES : { count, first }),
    one: (text: string, at: number, firstLine: number): void => {
      count += 1;
      if (first.length < KEPT) keep(text, at, firstLine);
    },
    add: (more: number, text: string, pattern: RegExp, firstLine: number): void => {
      count += more;
      if (first.length === KEPT) return;
      for (const match of text.matchAll(pattern)) {
        keep(text, match.index, firstLine);
        if (first.length === KEPT) return;
      }
    },
  };
}

function startOfLine(text: string, at: number): number {
  if (at === 0) return 0;
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}
