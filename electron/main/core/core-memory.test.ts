import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, said, startChild } from '../../../db/testing/child.ts';
import { searchMemory } from '../../../e2e/support/search-memory.ts';
import { LEAST_STRETCHING } from '../../adapters/keys/testing/least-stretching.ts';
import { readKeyring, unwrapWithPassword } from '../../adapters/keys/wraps.ts';
import { settle } from '../../testing/prepared-homes.ts';
import { makePc, OWNER, type Pc } from '../../testing/real-core.ts';

const CHILD = join(import.meta.dirname, '..', '..', 'testing', 'hold-core.ts');

/** The data key, by the way a person has it: in this process, so that the other's memory can be searched for it. */
async function dataKey(pc: Pc): Promise<Uint8Array> {
  const { storeId } = JSON.parse(readFileSync(pc.store('scheme.json'), 'utf8')) as { storeId: string };
  const reading = readKeyring(pc.store('keyring.json'));
  if (reading.kind !== 'present') throw new Error('no keyring');
  const secret = await (await pc.keychain()).getPassword('ESR Access Desk', storeId);
  const person = {
    username: OWNER.username,
    password: OWNER.password,
    deviceSecret: Buffer.from(secret ?? '', 'base64'),
  };
  const opened = await unwrapWithPassword(reading.keyring, person, LEAST_STRETCHING);
  if (!opened.ok) throw new Error('no key');
  return opened.key;
}

test('the data key is in no byte of the process after a lock or a sign-out, job threads included (control: while open)', async () => {
  const pc = makePc('core-memory');
  try {
    await settle(pc, 'trust');
    const key = await dataKey(pc);
    const hex = Buffer.from(Buffer.from(key).toString('hex'));
    const child = startChild(CHILD, [pc.dir, pc.keychainName]);
    const end = ended(child);
    const found = () => searchMemory(child.pid ?? 0, [key, hex]);
    await said(child, 'OPEN');
    for (const way of ['sign-out', 'lock']) {
      expect(found()[0], 'the control').toBeGreaterThan(0);
      const left = said(child, 'LEFT');
      child.stdin?.write(`${way}\n`);
      await left;
      expect(found(), way).toEqual([0, 0]);
      const open = way === 'lock' ? null : said(child, 'OPEN');
      child.stdin?.write(way === 'lock' ? 'end\n' : 'in\n');
      await open;
    }
    expect((await end).err.replace(/^.*Warning.*$\n?/gm, '').trim()).toBe('');
  } finally {
    await pc.close();
  }
});
