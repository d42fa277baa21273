import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { NO_ODD_TEXT, NO_PLACES, remarksOnText } from '../../domain/register/odd-text.ts';
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
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '~', '\n', '\r\n', '\r', '€'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), fc.boolean(), (body, chunkBytes, bom) => {
        fc.pre(body !== '');
        const path = file((bom ? '\ufeff' : '') + body);
        // The pairs first, then either end alone.
        const ended = body.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
        const expected = (ended.endsWith('\n') ? ended.slice(0, -1) : ended).split('\n');
        const read = all(path, { chunkBytes });
        expect(read.lines).toEqual(expected);
        expect(read.facts.endsWithNewline).toBe(ended.endsWith('\n'));
        expect(read.facts.odd).toEqual(NO_ODD_TEXT);
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
      odd: NO_ODD_TEXT,
    });
  });

  const latin = Buffer.from([0x4f, 0x92, 0x42, 0xe9, 0x80, 0x0a]);
  const utf8 = Buffer.from('Zoë\n');
  it('falls back to Windows-1252', () => {
    expect(all(file(latin))).toMatchObject({
      lines: ['O’Bé€'],
      facts: { encoding: 'windows-1252', odd: NO_ODD_TEXT },
    });
  });

  it.each([1, 4, 6, 1024])(
    'reads a line of another encoding as it was written, and says which (%i)',
    (chunkBytes) => {
      for (const [bytes, lines, odd, encoding] of [
        [[utf8, latin, utf8, utf8, utf8], ['Zoë', 'O’Bé€', 'Zoë', 'Zoë', 'Zoë'], [2, 2, 2], 'utf-8'],
        [[latin, latin, utf8], ['O’Bé€', 'O’Bé€', 'Zoë'], [3], 'windows-1252'],
        [[utf8, Buffer.from([0x5a, 0x6f, 0xc3, 0xab, 0x20, 0xeb, 0x0a])], ['Zoë', 'Zoë ë'], [2], 'utf-8'],
      ] as const) {
        const read = all(file(Buffer.concat(bytes)), { chunkBytes });
        expect(read.lines).toEqual(lines);
        expect(read.facts.encoding).toBe(encoding);
        expect(read.facts.odd.other.first.map(({ line }) => line)).toEqual(odd);
        expect(read.facts.odd.lost).toEqual(NO_PLACES);
      }
    },
  );

  it('keeps what two characters of Windows-1252 look like, where the file is written in it', () => {
    const rows = [latin, Buffer.from([0x41, 0x4e, 0x44, 0x52, 0xc9, 0x92, 0x53, 0x0a])];
    expect(all(file(Buffer.concat(rows))).lines).toEqual(['O’Bé€', 'ANDRÉ’S']);
  });

  it('loses one character, not the file, where no encoding has the byte', () => {
    const read = all(
      file(Buffer.concat([utf8, Buffer.from('A\rx~B'), Buffer.from([0x81]), Buffer.from('k\n')])),
    );
    expect(read.lines).toEqual(['Zoë', 'A', 'x~B\ufffdk']);
    expect(read.facts.odd).toEqual({
      lost: { count: 1, first: [{ line: 3, before: 'x~B' }] },
      other: NO_PLACES,
    });
    expect(remarksOnText(read.facts.odd, (before) => `field ${before.split('~').length}`)).toEqual([
      expect.stringContaining('One character could not be read and is shown as \ufffd: line 3 (field 2).'),
    ]);
  });

  it('never refuses bytes for their encoding, and tells each that is of neither', () => {
    const anything = fc.array(fc.constantFrom(0x41, 0x0a, 0x0d, 0x81, 0x8d, 0xc3, 0xa9, 0xe9, 0xff), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 9 }), (bytes, chunkBytes) => {
        const read = all(file(Uint8Array.from(bytes)), { chunkBytes });
        const lost = read.lines.join('').split('\ufffd').length - 1;
        expect(read.facts.odd.lost.count).toBe(lost);
        const places = read.facts.odd.lost.first;
        for (const { line } of places) expect(read.lines[line - 1]).toContain('\ufffd');
        expect(places.length).toBe(Math.min(lost, 5));
      }),
    );
  });

  it('says where, in words, and not more of it than helps', () => {
    const place = (line: number) => ({ line, before: '' });
    const told = (count: number, first: readonly number[]) =>
      remarksOnText({ lost: { count, first: first.map(place) }, other: NO_PLACES })[0]?.split('�: ')[1];
    expect(told(1, [4])).toMatch(/^line 4\. /);
    expect(told(2, [4, 4])).toMatch(/^line 4\. /);
    expect(told(2, [4, 9])).toMatch(/^lines 4 and 9\. /);
    expect(told(7, [1, 2, 3, 4, 5])).toMatch(/^lines 1, 2, 3, 4, 5 and others\. /);
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

  it('refuses a file of 17 GB before it reads it', () => {
    const path = file('HDR~');
    truncateSync(path, 17 * 1024 ** 3);
    let read = 0;
    expect(refusal(path, { onProgress: () => (read += 1) })).toContain(
      'too-large: The file is larger than 16 GB',
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
