import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, makeDesk } from '../../testing/desk.ts';
import { noteVerification } from './last-verification.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('sign-off');
});
afterEach(() => desk.close());

const ROOT = 'ab'.repeat(32);
const review = (change: object = {}) => ({
  size: 7,
  rootHash: ROOT,
  reviewed: 'a canary month',
  signature: null,
  ...change,
});
const found = (sound: boolean, size = 7) =>
  noteVerification(desk.store.access.settings, desk.clock, { sound, size, rootHash: ROOT });
const refused = (change: object = {}) => desk.refusal('teamlead', 'ledger:signOff', review(change));

describe('signing off the audit log', () => {
  it('is of the ledger as it was last verified, and is an event with its size and root and no word of the reviewer', async () => {
    found(true);
    await desk.call('teamlead', 'ledger:signOff', review());
    const [event = ''] = desk.db
      .prepare<[], string>('select event from ledger_event order by seq desc limit 1')
      .pluck()
      .all();
    expect(JSON.parse(event)).toMatchObject({
      operation: 'ledger.signOff',
      detail: { size: 7, rootHash: ROOT, verifiedAt: expect.any(String) },
    });
    expect(event).not.toContain('canary');
    found(true, 9);
    const toSign = { decision: 'audit-sign-off' as const, size: 9, rootHash: ROOT, reviewed: 'more' };
    const { text } = await desk.call('teamlead', 'signing:prepare', toSign);
    expect(text).toContain('\nSigned off before: 7 events, on ');
  });

  it('is refused before a verification, after one that found a change, and of another ledger than was found', async () => {
    const events = () => desk.store.access.ledger.size();
    const before = events();
    expect((await refused()).message).toMatch(/was not verified yet/);
    found(false);
    expect((await refused()).message).toMatch(/not found whole/);
    found(true);
    expect((await refused({ size: 6 })).code).toBe('STALE');
    expect((await refused({ rootHash: 'cd'.repeat(32) })).code).toBe('STALE');
    expect(events()).toBe(before);
  });

  it('is a team lead’s alone', async () => {
    found(true);
    for (const person of ['owner', 'officer', 'guardian', 'hradmin'] as const)
      expect((await desk.refusal(person, 'ledger:signOff', review())).code).toBe('NOT_PERMITTED');
  });
});
