import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mappedColumns, suggestMapping } from '../../domain/register/column-mapping.ts';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { openGoFile } from '../../domain/register/go-file.ts';
import { applyMapping } from '../../domain/register/tabular-rows.ts';
import { createImportFiles } from './import-files.ts';

const SAMPLE = join(import.meta.dirname, '../../../resources/sample-trust');
const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = createImportFiles();
const none = () => {};

/** Reads a file as its import does; collects the reasons of failed rows. */
const readers: Readonly<Record<string, (path: string, name: string, reasons: string[]) => void>> = {
  'GO_919_TST_GOC_20261109_00000102.DAT': (path, name, reasons) => {
    const reader = openGoFile(
      { diskName: name, expected: { vpd: '919', lastRun: 101 }, toInstant: files.toInstant },
      { record: none, remove: none, hold: none, fail: (failure) => reasons.push(failure.reason) },
    );
    for (const { lines, firstLine } of files.readLines(path, none)) {
      for (const [i, line] of lines.entries()) {
        const refusal = reader.line(line, firstLine + i);
        if (refusal) throw new FileRefused(refusal);
      }
    }
    const refusal = reader.end();
    if (refusal) throw new FileRefused(refusal);
  },
  'as-numbers.csv': (path, _name, reasons) => {
    const shape = files.inspectTable(path, 'as-numbers');
    const columns = mappedColumns(suggestMapping('as-numbers', shape.headers), shape.headers);
    for (const { rows, faults } of files.readTable(path, shape, none)) {
      for (const fault of faults) reasons.push(fault.reason);
      for (const { cells } of rows) {
        const read = applyMapping('as-numbers', cells, { columns, toInstant: files.toInstant });
        if (!read.ok) reasons.push(read.reason);
      }
    }
  },
  'oneforms.json': (path, _name, reasons) => {
    for (const row of files.readOneFormsJson(path, none).rows) if (!row.ok) reasons.push(row.reason);
  },
};

type Damage = (bytes: Buffer) => Buffer;
const place = fc.double({ min: 0, max: 1, noNaN: true });
const damages: fc.Arbitrary<Damage> = fc.oneof(
  place.map(
    (at): Damage =>
      (b) =>
        b.subarray(0, Math.floor(at * b.length)),
  ),
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([at, byte]): Damage =>
      (b) => {
        const copy = Buffer.from(b);
        copy[Math.floor(at * (b.length - 1))] = byte;
        return copy;
      },
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(
    ([at, more]): Damage =>
      (b) => {
        const cut = Math.floor(at * b.length);
        return Buffer.concat([b.subarray(0, cut), more, b.subarray(cut)]);
      },
  ),
  fc.tuple(place, place).map(
    ([a, z]): Damage =>
      (b) => {
        const [from, to] = [Math.min(a, z), Math.max(a, z)].map((x) => Math.floor(x * b.length)) as [
          number,
          number,
        ];
        return Buffer.concat([b.subarray(0, from), b.subarray(to)]);
      },
  ),
);

describe('a damaged file', () => {
  it.each(Object.keys(readers))('%s is read or refused, and told in words of ours', (name) => {
    const whole = readFileSync(join(SAMPLE, name));
    const path = join(folder, name);
    fc.assert(
      fc.property(fc.array(damages, { minLength: 1, maxLength: 3 }), (list) => {
        writeFileSync(
          path,
          list.reduce<Buffer>((bytes, damage) => damage(bytes), whole),
        );
        const reasons: string[] = [];
        try {
          readers[name]?.(path, name, reasons);
        } catch (error) {
          if (!(error instanceof FileRefused)) throw error;
          const { sentence, next } = error.refusal;
          expect(`${sentence} ${next}`).toMatch(/^[\x20-\x7e…]{10,300}$/);
        }
        // Plain words of ours: no number long enough to be somebody's, nothing beyond a keyboard.
        for (const reason of reasons) expect(reason).toMatch(/^(?!.*\d{6})[\x20-\x7e…]{5,200}$/);
      }),
      { numRuns: 150 },
    );
  });

  it('is read whole where nothing is damaged', () => {
    for (const [name, read] of Object.entries(readers)) {
      const reasons: string[] = [];
      read(join(SAMPLE, name), name, reasons);
      expect({ name, reasons }).toEqual({ name, reasons: [] });
    }
  });
});
