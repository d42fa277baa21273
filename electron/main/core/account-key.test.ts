import { afterEach, beforeEach, expect, it } from 'vitest';
import { settle } from '../../testing/prepared-homes.ts';
import { makePc, NEXT_PASSWORD, OWNER, type Pc, type Running } from '../../testing/real-core.ts';

let pc: Pc;
beforeEach(() => {
  pc = makePc('account-key');
});
afterEach(() => pc.close());

const LEAD = { username: 'lena', firstPassword: 'a first password of nobody' };
const EVERYTHING = { text: '', operation: null, actor: null, outcome: null, from: null, to: null };

async function asTeamLead(): Promise<Running> {
  await settle(pc, 'trust');
  const running = pc.start();
  await running.signIn(OWNER.username, OWNER.password);
  await running.call('users:add', {
    ...LEAD,
    displayName: 'The lead',
    employeeNumber: '90000004',
    roles: ['team-lead'],
  });
  await running.call('session:signOut', {});
  await running.signIn(LEAD.username, LEAD.firstPassword);
  await running.call('session:changePassword', { present: LEAD.firstPassword, next: NEXT_PASSWORD });
  return running;
}

/** Signs off the ledger as it is found now; the operations of the events that this wrote, the oldest first. */
async function signOff({ call }: Running): Promise<readonly string[]> {
  const { size, rootHash } = await call('ledger:verify', {});
  const review = { size, rootHash, reviewed: 'all of it' };
  const { sha256 } = await call('signing:prepare', { decision: 'audit-sign-off', ...review });
  const by = { way: 'password', password: NEXT_PASSWORD } as const;
  await call('ledger:signOff', { ...review, signature: { sha256, by } });
  const { rows, total } = await call('ledger:list', { filter: EVERYTHING, offset: 0, limit: 50 });
  return rows
    .slice(0, total - size)
    .map(({ operation }) => operation)
    .toReversed();
}

it('a key for signing by password is an event of whoever signs, once, beside what they decided', async () => {
  const running = await asTeamLead();
  expect(await signOff(running)).toEqual(['signing.makeAccountKey', 'ledger.signOff']);
  expect(await signOff(running)).toEqual(['ledger.signOff']);
  const { signatures } = await running.call('signing:list', { subject: 'ledger' });
  expect(signatures.map(({ sound, means }) => [sound, means])).toEqual([
    [true, 'account-key'],
    [true, 'account-key'],
  ]);
  expect(pc.exceptions).toEqual([]);
});

it('a decision that is refused leaves no key and no event', async () => {
  const { call, refusal } = await asTeamLead();
  const { size, rootHash } = await call('ledger:verify', {});
  const review = { size, rootHash, reviewed: 'all of it' };
  const { sha256 } = await call('signing:prepare', { decision: 'audit-sign-off', ...review });
  const by = { way: 'password', password: 'not the password at all' } as const;
  await refusal('ledger:signOff', { ...review, signature: { sha256, by } });
  const { rows } = await call('ledger:list', { filter: EVERYTHING, offset: 0, limit: 50 });
  expect(rows.map(({ operation }) => operation)).not.toContain('signing.makeAccountKey');
});
