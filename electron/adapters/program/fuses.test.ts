import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from '../../../db/testing/store-folder.ts';
import { readFuses } from './fuses.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder('fuses');
});
afterEach(() => folder.remove());

it('reads the wire of the very Electron that runs this test: as a Node, so the first fuse is on', async () => {
  expect(await readFuses(process.execPath)).toMatch(/^1[01r]{5,}$/);
});

it.each([0, 1_048_576 - 40, 1_048_576 - 16, 1_048_576 - 33, 1_048_576 - 36])(
  'finds it wherever it lies, also across two readings (%d)',
  async (before) => {
    const file = join(folder.dir, 'program');
    const wire = Buffer.concat([
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
      Buffer.from([1, 9]),
      Buffer.from('010011001', 'latin1'),
    ]);
    writeFileSync(file, Buffer.concat([Buffer.alloc(before), wire, Buffer.alloc(100)]));
    expect(await readFuses(file)).toBe('010011001');
  },
);

it('a program without fuses has none', async () => {
  const file = join(folder.dir, 'program');
  writeFileSync(file, Buffer.alloc(3_000_000, 'x'));
  expect(await readFuses(file)).toBeNull();
});
