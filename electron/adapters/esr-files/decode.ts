import { isAscii, isUtf8 } from 'node:buffer';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import type { FileEncoding } from '../../services/imports/import-ports.ts';

/**
 * Windows-1252's 0x80-0x9F. Written out because `TextDecoder` needs an ICU that not every Electron build carries,
 * and Node's own `latin1` leaves these 32 as control characters. 0 marks a byte that the code page does not have.
 */
const HIGH = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
] as const;

export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (c) => {
    const code = HIGH[c.charCodeAt(0) - 0x80] ?? 0;
    return code === 0 ? refuseFile('encoding') : String.fromCharCode(code);
  });
}

export interface BlockDecoder {
  /** Decodes a block that ends at a line's end. Refuses a file that mixes encodings, rather than guess at names. */
  decode(block: Buffer): string;
  readonly encoding: () => FileEncoding;
}

/**
 * Decides the encoding as the file goes: ASCII until a byte says otherwise; then UTF-8 if every such line is valid
 * UTF-8, else Windows-1252 if none is. A line of Windows-1252 is almost never valid UTF-8, so a file with both kinds
 * of line was damaged or glued together.
 */
export function openDecoder(): BlockDecoder {
  let encoding: FileEncoding = 'ascii';
  return {
    encoding: () => encoding,
    decode(block) {
      if (isAscii(block)) return block.toString('latin1');
      if (isUtf8(block)) {
        if (encoding === 'windows-1252') refuseFile('encoding');
        encoding = 'utf-8';
        return block.toString('utf8');
      }
      if (encoding === 'utf-8' || hasUtf8Line(block)) refuseFile('encoding');
      encoding = 'windows-1252';
      return decodeWindows1252(block);
    },
  };
}

function hasUtf8Line(block: Buffer): boolean {
  let from = 0;
  while (from < block.length) {
    const at = block.indexOf(0x0a, from);
    const to = at < 0 ? block.length : at;
    const line = block.subarray(from, to);
    if (!isAscii(line) && isUtf8(line)) return true;
    from = to + 1;
  }
  return false;
}
