import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { FileRefused, fileRefusal, refuseFile } from '../../domain/register/file-refusal.ts';
import type { FileEncoding, FileFacts, LineBatch } from '../../services/imports/import-ports.ts';
import { openDecoder } from './decode.ts';

const NEWLINE = 0x0a;
export const MIB = 1024 * 1024;
export const DEFAULT_MAX_FILE_BYTES = 1024 * MIB;
export const DEFAULT_MAX_LINE_BYTES = MIB;

export interface ReadOptions {
  /** Bytes; a larger file is refused before a byte of it is read. Default 1 GiB. */
  readonly maxFileBytes?: number;
  /** Bytes; default 1 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes read at a time; for tests of the seams between chunks. Default 1 MiB. */
  readonly chunkBytes?: number;
  /** Called between chunks; throws to stop (a cancel). */
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

/** The text of whole lines: joined, it is the file without its BOM. Line ends are still in it. */
export interface TextBlock {
  readonly text: string;
  /** Number of the block's first line, from 1. */
  readonly firstLine: number;
}

/**
 * Reads a text file in chunks that end at a line's end, synchronously: it runs in the job thread, where nobody waits.
 * Throws `FileRefused` for: unreadable, empty, too large, binary (NUL), UTF-16, mixed encodings, over-long line.
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
  const decoder = openDecoder();
  const chunk = Buffer.allocUnsafe(options.chunkBytes ?? MIB);
  let rest = Buffer.alloc(0);
  let read = 0;
  let line = 1;
  let endsWithNewline = true;
  let started = false;
  for (;;) {
    options.onProgress?.(read, total);
    const got = readChunk(fd, chunk);
    const bytes = chunk.subarray(0, got);
    hash.update(bytes);
    if (read === 0) checkStart(bytes);
    if (bytes.includes(0)) refuseFile('binary');
    // A file that grows while it is read must not get past the limit either.
    if (read + got > maxFile) refuseFile('too-large', { limit: maxFile });
    const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const body = started ? joined : withoutBom(joined);
    read += got;
    const cut = got === 0 ? body.length : body.lastIndexOf(NEWLINE) + 1;
    const block = body.subarray(0, cut);
    line = checkLines(block, line, maxLine);
    if (body.length - cut > maxLine) refuseFile('line-too-long', { line, limit: maxLine });
    if (block.length > 0) {
      started = true;
      endsWithNewline = block.at(-1) === NEWLINE;
      const firstLine = line - countNewlines(block);
      yield { text: decoder.decode(block), firstLine };
    }
    if (got === 0) break;
    rest = Buffer.from(body.subarray(cut));
  }
  if (read === 0) refuseFile('empty');
  return { sha256: hash.digest('hex'), bytes: read, encoding: decoder.encoding(), endsWithNewline };
}

function sizeOf(fd: number, limit: number): number {
  const stat = fstatSync(fd);
  if (!stat.isFile()) refuseFile('unreadable');
  if (stat.size === 0) refuseFile('empty');
  if (stat.size > limit) refuseFile('too-large', { limit, size: stat.size });
  return stat.size;
}

function readChunk(fd: number, chunk: Buffer): number {
  try {
    return readSync(fd, chunk, 0, chunk.length, null);
  } catch {
    return refuseFile('unreadable');
  }
}

const UTF16 = fileRefusal('encoding', { found: 'utf-16' });

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

/** Number of the line after the block; refuses one that is too long. */
function checkLines(block: Buffer, firstLine: number, maxLine: number): number {
  let line = firstLine;
  let from = 0;
  for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, from)) {
    if (at - from > maxLine) refuseFile('line-too-long', { line, limit: maxLine });
    line += 1;
    from = at + 1;
  }
  if (block.length - from > maxLine) refuseFile('line-too-long', { line, limit: maxLine });
  return line;
}

function countNewlines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
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
    const decoder = openDecoder();
    const text = decoder.decode(withoutBom(bytes.subarray(0, headEnd(bytes, total))));
    return { text, encoding: decoder.encoding() };
  } finally {
    closeSync(fd);
  }
}

/** Never in the middle of a line, nor, where there is none to end at, in the middle of a character. */
function headEnd(bytes: Buffer, total: number): number {
  if (bytes.length === total) return bytes.length;
  const lines = bytes.lastIndexOf(NEWLINE) + 1;
  if (lines > 0) return lines;
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length;
}

/** `readText` cut into lines, LF or CRLF, without their ends; blank lines stay, so that numbers are the file's. */
export function* readLines(path: string, options: ReadOptions = {}): Generator<LineBatch, FileFacts> {
  const blocks = readText(path, options);
  for (;;) {
    const next = blocks.next();
    if (next.done) return next.value;
    const { text, firstLine } = next.value;
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    const lines = body.includes('\r') ? body.split('\n').map(withoutCr) : body.split('\n');
    yield { lines, firstLine };
  }
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
