import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { FileRefused, fileRefusal, refuseFile } from '../../domain/register/file-refusal.ts';
import type { FileEncoding, FileFacts, LineBatch } from '../../services/imports/import-ports.ts';
import { openDecoder } from './decode.ts';
import { afterLastLineEnd, eachLineLength, endsWithLineEnd, lastLineEnd, splitLines } from './line-ends.ts';

export const MIB = 1024 * 1024;
/** A full file of a trust of 2 million people has some 3 GB, and files are read a piece at a time: this stops only what is none. */
export const DEFAULT_MAX_FILE_BYTES = 16 * 1024 * MIB;
export const DEFAULT_MAX_LINE_BYTES = MIB;
/** Texts of a mebibyte each are memory asked of the system anew each time, which costs more than reading them. */
const CHUNK = MIB / 4;

export interface ReadOptions {
  /** Bytes; a larger file is refused before a byte of it is read. Default 16 GiB. */
  readonly maxFileBytes?: number;
  /** Bytes; default 1 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes read at a time; for tests of the seams between chunks. Default 256 KiB, or 1 MiB for a look at the head. */
  readonly chunkBytes?: number;
  /** Called between chunks; throws to stop (a cancel). */
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

/** The text of whole lines: joined, it is the file without its BOM. Line ends, of whichever kind, are still in it. */
export interface TextBlock {
  readonly text: string;
  /** Number of the block's first line, from 1. */
  readonly firstLine: number;
}

/**
 * Reads a text file in chunks that end at a line's end, synchronously: it runs in the job thread, where nobody waits.
 * Throws `FileRefused` for: unreadable, empty, too large, binary (NUL), UTF-16, over-long line. A byte of another encoding
 * refuses nothing: it is told in the facts.
 */
export function* readText(path: string, options: ReadOptions = {}): Generator<TextBlock, FileFacts> {
  const fd = openFile(path);
  try {
    return yield* readOpen(fd, options);
  } finally {
    closeSync(fd);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch {
    return refuseFile('unreadable');
  }
}

function* readOpen(fd: number, options: ReadOptions): Generator<TextBlock, FileFacts> {
  const maxFile = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const maxLine = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES;
  const total = sizeOf(fd, maxFile);
  const hash = createHash('sha256');
  const size = options.chunkBytes ?? CHUNK;
  // One piece of memory for the whole file: what a chunk leaves of its last line is moved to the front, and the next read behind it.
  let buffer = Buffer.allocUnsafe(size * 2);
  let kept = 0;
  let decoder = openDecoder();
  let read = 0;
  let line = 1;
  let endsWithNewline = true;
  let started = false;
  for (;;) {
    options.onProgress?.(read, total);
    if (buffer.length < kept + size) buffer = Buffer.concat([buffer.subarray(0, kept)], (kept + size) * 2);
    const got = readChunk(fd, buffer, kept, size);
    const bytes = buffer.subarray(kept, kept + got);
    hash.update(bytes);
    if (read === 0) checkStart(bytes);
    if (bytes.includes(0)) refuseFile('binary');
    // A file that grows while it is read must not get past the limit either.
    if (read + got > maxFile) refuseFile('too-large', { limit: maxFile });
    const joined = buffer.subarray(0, kept + got);
    const body = started ? joined : withoutBom(joined);
    read += got;
    const cut = got === 0 ? body.length : afterLastLineEnd(body);
    const block = body.subarray(0, cut);
    if (!started && block.length > 0) {
      started = true;
      decoder = openDecoder(body.length < joined.length);
    }
    const firstLine = line;
    line += checkLines(block, line, maxLine);
    if (body.length - cut > maxLine) refuseFile('line-too-long', { line, limit: maxLine });
    if (block.length > 0) {
      endsWithNewline = endsWithLineEnd(block);
      yield { text: decoder.decode(block, firstLine), firstLine };
    }
    if (got === 0) break;
    kept = body.length - cut;
    buffer.copyWithin(0, joined.length - kept, joined.length);
  }
  if (read === 0) refuseFile('empty');
  const sha256 = hash.digest('hex');
  return { sha256, bytes: read, encoding: decoder.encoding(), endsWithNewline, odd: decoder.odd() };
}

function sizeOf(fd: number, limit: number): number {
  const stat = fstatSync(fd);
  if (!stat.isFile()) refuseFile('unreadable');
  if (stat.size === 0) refuseFile('empty');
  if (stat.size > limit) refuseFile('too-large', { limit, size: stat.size });
  return stat.size;
}

function readChunk(fd: number, buffer: Buffer, at = 0, most = buffer.length): number {
  try {
    return readSync(fd, buffer, at, most, null);
  } catch {
    return refuseFile('unreadable');
  }
}

const UTF16 = fileRefusal('encoding');

/** UTF-16 by its BOM, or without one by a NUL beside each of the first letters. */
function checkStart(bytes: Buffer): void {
  const [a, b] = [bytes[0] ?? 0, bytes[1] ?? 0];
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new FileRefused(UTF16);
  if (bytes.length >= 8 && bytes.length % 2 === 0) {
    const start = [...bytes.subarray(0, 8)];
    const nulAt = (odd: number) => start.every((byte, i) => (i % 2 === odd ? byte === 0 : byte >= 0x20));
    if (nulAt(0) || nulAt(1)) throw new FileRefused(UTF16);
  }
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** How many line ends the block has; refuses a line that is too long. */
function checkLines(block: Buffer, firstLine: number, limit: number): number {
  return eachLineLength(block, (length, index) => {
    if (length > limit) refuseFile('line-too-long', { line: firstLine + index, limit });
  });
}

export interface FileHead {
  /** Whole lines of the first megabyte; where it holds no line end, all of it. */
  readonly text: string;
  /** As far as the first megabyte shows. */
  readonly encoding: FileEncoding;
}

/** Looks at a file without reading it all. Throws `FileRefused` like `readText`, but for what only the rest shows. */
export function readHead(path: string, options: ReadOptions = {}): FileHead {
  const fd = openFile(path);
  try {
    const total = sizeOf(fd, options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES);
    const chunk = Buffer.allocUnsafe(options.chunkBytes ?? MIB);
    const bytes = chunk.subarray(0, readChunk(fd, chunk));
    checkStart(bytes);
    if (bytes.includes(0)) refuseFile('binary');
    const head = bytes.subarray(0, headEnd(bytes, total));
    const body = withoutBom(head);
    const decoder = openDecoder(body.length < head.length);
    const text = decoder.decode(body, 1);
    return { text, encoding: decoder.encoding() };
  } finally {
    closeSync(fd);
  }
}

/** Never in the middle of a line, nor, where there is none to end at, in the middle of a character. */
function headEnd(bytes: Buffer, total: number): number {
  if (bytes.length === total) return bytes.length;
  const lines = afterLastLineEnd(bytes);
  if (lines > 0) return lines;
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length;
}

/** `readText` cut into lines without their ends; blank lines stay, so that numbers are the file's. */
export function* readLines(path: string, options: ReadOptions = {}): Generator<LineBatch, FileFacts> {
  const blocks = readText(path, options);
  for (;;) {
    const next = blocks.next();
    if (next.done) return next.value;
    const { text, firstLine } = next.value;
    yield { lines: splitLines(text.slice(0, text.length - lastLineEnd(text))), firstLine };
  }
}
