import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import type { FileFacts } from '../../services/imports/import-ports.ts';
import { decodeWindows1252 } from './decode.ts';
import { type ReadOptions, readHead, readLines } from './read-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (bytes: string | Uint8Array): string => {
  const path = join(folder, 'file.dat');
  writeFileSync(path, bytes);
  return path;
};

function all(path: string, options: ReadOptions = {}): { lines: string[]; facts: FileFacts } {
  const lines: string[] = [];
  const batches = readLines(path, options);
  for (;;) {
    const next = batches.next();
    if (next.done) return { lines, facts: next.value };
    expect(next.value.firstLine).toBe(lines.length + 1);
    lines.push(...next.value.lines);
  }
}
function refusal(path: string, options: ReadOptions = {}): string {
  try {
    all(path, options);
  } catch (error) {
    if (error instanceof FileRefused) return `${error.refusal.code}: ${error.refusal.sentence}`;
    throw error;
  }
  return 'accepted';
}

describe('reading lines', () => {
  it('gives the same lines whatever the size of the chunks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '~', '\n', '\r\n', '€'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), fc.boolean(), (body, chunkBytes, bom) => {
        fc.pre(body !== '');
        const path = file((bom ? '\ufeff' : '') + body);
        const expected = body
          .replace(/\n$/, '')
          .split('\n')
          .map((l) => l.replace(/\r$/, ''));
        expect(all(path, { chunkBytes }).lines).toEqual(expected);
      }),
    );
  });

  it('hashes what it read and says how the file ends', () => {
    const { facts } = all(file('a\nb'));
    expect(facts).toEqual({
      sha256: createHash('sha256').update('a\nb').digest('hex'),
      bytes: 3,
      encoding: 'ascii',
      endsWithNewline: false,
    });
  });

  it('falls back to Windows-1252 and never mixes it with UTF-8', () => {
    const latin = Buffer.from([0x4f, 0x92, 0x42, 0xe9, 0x80, 0x0a]);
    expect(all(file(latin))).toMatchObject({ lines: ['O’Bé€'], facts: { encoding: 'windows-1252' } });
    const utf8 = Buffer.from('Zoë\n');
    expect(refusal(file(Buffer.concat([utf8, latin])))).toContain('encoding: The file mixes');
    expect(refusal(file(Buffer.concat([latin, utf8])), { chunkBytes: 6 })).toContain(
      'encoding: The file mixes',
    );
    expect(refusal(file(Buffer.concat([utf8, latin])), { chunkBytes: 4 })).toContain(
      'encoding: The file mixes',
    );
    expect(refusal(file(Buffer.from([0x41, 0x81, 0x0a])))).toContain('encoding');
  });

  it('decodes the code page as an independent decoder does', () => {
    const known = Buffer.from(
      [...Array(256).keys()].filter((b) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(b)),
    );
    const text = decodeWindows1252(known);
    expect(text).toHaveLength(known.length);
    expect(text).toContain('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0');
  });

  it.each<[string, () => string, ReadOptions]>([
    ['empty: ', () => file(''), {}],
    ['binary: ', () => file('HDR~a\0b\n'), {}],
    ['encoding: The file is saved as UTF-16', () => file(Buffer.from('\ufeffHDR', 'utf16le')), {}],
    [
      'encoding: The file is saved as UTF-16',
      () => file(Buffer.from('HDR~a,b,c', 'utf16le').subarray(0, 16)),
      {},
    ],
    ['line-too-long: Line 2 is longer than 1 MB', () => file(`a\n${'x'.repeat(10 * 1024 * 1024)}\n`), {}],
    ['line-too-long: Line 2 ', () => file(`a\n${'x'.repeat(101)}`), { maxLineBytes: 100 }],
    ['unreadable: ', () => join(folder, 'missing'), {}],
    ['unreadable: ', () => folder, {}],
    ['too-large: The file is larger than 1 KB', () => file('x\n'.repeat(513)), { maxFileBytes: 1024 }],
  ])('refuses %s(%#)', (start, path, options) => {
    expect(refusal(path(), options).startsWith(start)).toBe(true);
  });

  it('refuses a file of 2 GB before it reads it', () => {
    const path = file('HDR~');
    truncateSync(path, 2 * 1024 ** 3);
    let read = 0;
    expect(refusal(path, { onProgress: () => (read += 1) })).toContain(
      'too-large: The file is larger than 1 GB',
    );
    expect(read).toBe(0);
  });

  it('looks at the head without cutting a line or a character', () => {
    const head = (text: string, chunkBytes: number) => readHead(file(text), { chunkBytes });
    expect(head('one\ntwo\nthree', 9)).toEqual({ text: 'one\ntwo\n', encoding: 'ascii' });
    expect(head('one\ntwo', 9).text).toBe('one\ntwo');
    for (const chunkBytes of [4, 5, 6, 7]) {
      expect('aé€😀'.startsWith(head('aé€😀', chunkBytes).text)).toBe(true);
      expect(head('aé€😀', chunkBytes).encoding).toBe('utf-8');
    }
    expect(refusal(file('x'.repeat(4 * 1024 * 1024)))).toContain('line-too-long');
    expect(readHead(file('x'.repeat(4 * 1024 * 1024))).text).toHaveLength(1024 * 1024);
  });

  it('stops between chunks when asked, and lets go of the file', () => {
    const path = file('line\n'.repeat(100));
    const before = readdirSync('/proc/self/fd').length;
    const stop = new Error('stop');
    expect(() =>
      all(path, {
        chunkBytes: 10,
        onProgress: (done) => {
          if (done > 100) throw stop;
        },
      }),
    ).toThrow(stop);
    readHead(path);
    const after = readdirSync('/proc/self/fd').length;
    closeSync(openSync(path, 'r'));
    expect(after).toBe(before);
  });
});
