import { createHash } from 'node:crypto';

/** Takes one finished file as pieces, in order. Pieces must be used or copied before the next is asked for. */
export type SampleFileWriter = (name: string, pieces: Iterable<Uint8Array>) => void;

export interface FileSummary {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Rows of data: no header, trailer or title rows. */
  readonly rows: number;
}

export interface TextFile {
  readonly name: string;
  readonly lineEnd: '\n' | '\r\n';
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly bom: boolean;
  /** Lines that are not data, counted off the total. */
  readonly frameLines: number;
  readonly lines: Iterable<string>;
}

const PIECE_CHARACTERS = 64 * 1024;

function encode(text: string, encoding: TextFile['encoding']): Uint8Array {
  // In the range this generator uses (no euro sign, no curly quotes) Windows-1252 and Latin-1 are the same bytes.
  return Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'latin1');
}

/** Streams the lines through the writer and answers what was written; holds one piece of text at a time. */
export function writeTextFile(file: TextFile, writeFile: SampleFileWriter): FileSummary {
  const hash = createHash('sha256');
  let bytes = 0;
  let lineCount = 0;
  function* pieces(): Generator<Uint8Array> {
    let pending = file.bom ? '\uFEFF' : '';
    const flush = (): Uint8Array => {
      const piece = encode(pending, file.encoding);
      hash.update(piece);
      bytes += piece.byteLength;
      pending = '';
      return piece;
    };
    for (const line of file.lines) {
      lineCount += 1;
      pending += line + file.lineEnd;
      if (pending.length >= PIECE_CHARACTERS) yield flush();
    }
    if (pending !== '') yield flush();
  }
  writeFile(file.name, pieces());
  return { name: file.name, bytes, sha256: hash.digest('hex'), rows: lineCount - file.frameLines };
}

/** RFC 4180: quotes only where a comma, a quote, a line break or an outer space makes them needed. */
export function csvLine(values: readonly string[]): string {
  return values
    .map((value) => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');
}
