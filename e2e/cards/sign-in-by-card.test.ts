import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../electron/contract/contract.ts';
import {
  CARD_OF,
  type CardDesk,
  openCardDesk,
  type PersonsCard,
  PIN,
  wrongPin,
} from '../support/card/card-desk.ts';
import { readStory } from '../support/main-job.ts';

// One person's story with a card, in order, in the real window: real pcscd, OpenSC's module, the program's own card process.

const story = readStory();
let desk: CardDesk;
let card: PersonsCard;
beforeAll(async () => {
  desk = await openCardDesk();
  card = desk.makeCard({ uuid: CARD_OF.officer });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-card-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close({ forget: true }));

const state = () => desk.must('session:getState', {});
const byPassword = (account: string) =>
  desk.ask('session:signIn', { username: account, password: `practice-as-${account}` });

/** By the card in the first slot. */
async function byCard(pin = PIN) {
  const { readerId } = await desk.cardIn();
  return desk.ask('session:signInByCard', { readerId, pin });
}

/** The session ends by itself once the reader is empty. */
async function untilLocked() {
  await expect.poll(async () => (await state()).user, { timeout: 10_000, interval: 50 }).toBeNull();
  return state();
}

async function requestOf(id: string) {
  const text = story.get(id) ?? '';
  const { rows } = await desk.must('requests:list', {
    filter: { text, statuses: [], access: null, objected: false },
    sort: { by: 'reference', direction: 'asc' },
    offset: 0,
    limit: 5,
  });
  const [row] = rows;
  if (!row) throw new Error(`There is no request ${text}.`);
  return desk.must('requests:get', { id: row.id });
}

/** What somebody without this program finds of a signature. */
function openssl(
  cms: string,
  text: string,
  anchors: string,
): { readonly ok: boolean; readonly said: string } {
  const file = (name: string, content: string): string => {
    const at = path.join(desk.home, name);
    writeFileSync(at, content);
    return at;
  };
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['cms', '-verify', '-binary', '-inform', 'PEM', '-in', file('signature.pem', cms)],
      ...['-content', file('text.txt', text), '-CAfile', file('anchors.pem', anchors)],
      ...['-out', '/dev/null'],
    ],
    { encoding: 'utf8' },
  );
  return { ok: status === 0, said: stderr };
}

test('the owner names the module, the authority and whose card it is; the card is seen and not yet enrolled', async () => {
  await desk.setUpCards();
  await desk.link('officer');
  await expect.poll(async () => (await desk.must('cards:getState', {})).module.state).toBe('ready');
  await card.insert(desk.pcsc.slots[0]);
  expect(await desk.cardIn()).toMatchObject({
    uuid: CARD_OF.officer,
    standing: 'good',
    tries: 'full',
    enrolment: 'none',
    readerName: desk.pcsc.slots[0].name,
  });
});

test('the holder enrols it, signs in with it, and the account is held to it from then on', async () => {
  await desk.enrol('officer', card);
  expect(await desk.cardIn()).toMatchObject({ enrolment: 'enrolled' });
  await desk.must('session:signOut', {});
  const answer = await byCard();
  expect(answer).toMatchObject({
    ok: true,
    data: { way: 'card', device: 'trust', user: { username: 'officer' } },
  });
});

test('pulled out it locks, tells nobody anything, and its holder comes back with it', async () => {
  await desk.page.getByRole('navigation').getByRole('link', { name: 'Requests' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  await card.remove();
  const locked = await untilLocked();
  expect(locked).toMatchObject({ lockedBecause: 'card-removed', user: null });
  expect(await desk.ask('home:get', {})).toMatchObject({ ok: false, code: 'NOT_SIGNED_IN' });
  await desk.page.getByRole('heading', { level: 1, name: /^Sign in/ }).waitFor();
  await card.insert(desk.pcsc.slots[0]);
  expect(await byCard()).toMatchObject({
    ok: true,
    data: { lockedBecause: null, user: { username: 'officer' } },
  });
  await desk.page.getByRole('navigation').waitFor();
});

test('their password opens nothing any more on a trust PC, and an owner’s still does', async () => {
  await desk.must('session:signOut', {});
  expect(await byPassword('officer')).toMatchObject({ ok: false, code: 'CARD_REQUIRED' });
  expect((await state()).user).toBeNull();
  expect(await byPassword('owner')).toMatchObject({ ok: true });
});

test('a broken glass lets the password in for a while, and a PC that is marked remote takes it anyway', async () => {
  const id = await desk.idOf('officer');
  await desk.must('users:breakGlass', { id, hours: 1, reason: 'the reader of the office is broken' });
  await desk.must('session:signOut', {});
  expect(await byPassword('officer')).toMatchObject({ ok: true, data: { way: 'password' } });
  expect((await state()).brokenGlass).toMatchObject([{ until: expect.any(String) }]);
  await desk.signInAs('owner');
  await desk.must('users:endBreakGlass', { id, reason: 'the reader was mended' });
  await desk.must('session:signOut', {});
  expect(await byPassword('officer')).toMatchObject({ ok: false, code: 'CARD_REQUIRED' });
  await desk.signInAs('owner');
  await desk.must('security:markDevice', { kind: 'remote', reason: 'taken home' });
  await desk.must('session:signOut', {});
  expect(await byPassword('officer')).toMatchObject({ ok: true, data: { device: 'remote' } });
  await desk.signInAs('owner');
  await desk.must('security:markDevice', { kind: 'trust', reason: 'back in the office' });
  await desk.must('session:signOut', {});
  expect(await byPassword('officer')).toMatchObject({ ok: false, code: 'CARD_REQUIRED' });
});

test('where the policy lets a card be taken out, the session stays, and it locks again once it does not', async () => {
  await desk.setUpCards({ removalLocks: false });
  await desk.must('session:signOut', {});
  expect(await byCard()).toMatchObject({ ok: true });
  await card.remove();
  await desk.untilEmpty();
  expect((await state()).user).toMatchObject({ username: 'officer' });
  await desk.setUpCards({ removalLocks: true });
  await desk.must('session:signOut', {});
  await card.insert(desk.pcsc.slots[0]);
  expect(await byCard()).toMatchObject({ ok: true });
  await card.remove();
  await untilLocked();
  await card.insert(desk.pcsc.slots[0]);
});

test('an approval is signed on the card, and openssl verifies it outside the program', async () => {
  await desk.setUpCards({
    signatures: {
      'approve-request': 'card',
      exception: 'card-or-password',
      'urgent-removal': 'none',
      'audit-sign-off': 'card-or-password',
    },
  });
  await desk.must('session:signOut', {});
  expect(await byCard()).toMatchObject({ ok: true });
  const request = await requestOf('ready-core');
  const { id, revision } = await desk.must('requests:recordAuthorisation', {
    id: request.id,
    revision: request.revision,
  });
  const asked = await desk.must('signing:prepare', { decision: 'approve-request', subject: id, revision });
  expect(asked.needed).toBe('card');
  expect(await desk.ask('requests:approve', { id, revision, signature: null })).toMatchObject({
    ok: false,
    code: 'SIGNATURE_NEEDED',
  });
  const { readerId } = await desk.cardIn();
  const sign = (change: Partial<Input<'requests:approve'>['signature'] & object>) =>
    desk.ask('requests:approve', {
      id,
      revision,
      signature: { sha256: asked.sha256, by: { way: 'card', readerId, pin: PIN }, ...change },
    });
  expect(await sign({ sha256: '0'.repeat(64) })).toMatchObject({ ok: false, code: 'STALE' });
  card.onApdu((command) => (command === 'sign' ? card.remove() : undefined));
  expect(await sign({})).toMatchObject({ ok: false });
  card.onApdu(null);
  await untilLocked();
  await card.insert(desk.pcsc.slots[0]);
  expect(await byCard()).toMatchObject({ ok: true });
  expect(await requestOf('ready-core'), 'what was interrupted decided nothing').toMatchObject({ revision });
  const again = (await desk.cardIn()).readerId;
  expect(await sign({ by: { way: 'card', readerId: again, pin: PIN } })).toMatchObject({ ok: true });

  const { signatures } = await desk.must('signing:list', { subject: id });
  expect(signatures).toHaveLength(1);
  const [signature] = signatures;
  if (!signature) throw new Error('There is no signature.');
  expect(signature).toMatchObject({
    means: 'card',
    sound: true,
    decision: 'approve-request',
    text: asked.text,
  });
  const { cms, text } = signature;
  expect(openssl(cms, text, desk.ca.chainPem)).toMatchObject({ ok: true });
  expect(openssl(cms, `${text} `, desk.ca.chainPem).ok, 'another text').toBe(false);
  const stranger = desk.makeCard({ issuer: 'itself' });
  const anchor = `-----BEGIN CERTIFICATE-----\n${Buffer.from(stranger.der).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  expect(openssl(cms, text, anchor).ok, 'another authority').toBe(false);
});

test('a second person cannot unlock the session, and their card begins one of their own', async () => {
  await desk.link('officer2');
  const second = desk.makeCard({ uuid: CARD_OF.officer2 });
  await card.remove();
  await desk.untilEmpty();
  await desk.enrol('officer2', second);
  await desk.must('session:signOut', {});
  await second.remove();
  await desk.untilEmpty();
  await card.insert(desk.pcsc.slots[0]);
  expect(await byCard()).toMatchObject({ ok: true, data: { user: { username: 'officer' } } });
  await card.remove();
  await untilLocked();
  await second.insert(desk.pcsc.slots[0]);
  expect(await byCard()).toMatchObject({
    ok: true,
    data: { user: { username: 'officer2' }, lockedBecause: null },
  });
  await second.remove();
  await untilLocked();
});

test('a wrong PIN says so with what is left, the last one locks the card, and the next step is told', async () => {
  const told = async () => {
    const answer = await byCard(wrongPin());
    return answer.ok ? null : { code: answer.code, message: answer.message, ...answer.details };
  };
  await card.insert(desk.pcsc.slots[0]);
  expect(await told()).toMatchObject({ code: 'CARD_REFUSED', reason: 'wrong-pin' });
  expect(await told()).toMatchObject({
    reason: 'wrong-pin',
    tries: 'last',
    message: expect.stringMatching(/last try/),
  });
  expect(await desk.cardIn()).toMatchObject({ tries: 'last' });
  expect(await told()).toMatchObject({ reason: 'pin-locked', tries: 'locked' });
  expect(await desk.cardIn()).toMatchObject({ tries: 'locked' });
  const asked = card.answered('verify');
  expect(await byCard()).toMatchObject({
    ok: false,
    code: 'CARD_REFUSED',
    details: { reason: 'pin-locked' },
  });
  expect(card.answered('verify'), 'a locked card is not asked').toBe(asked);
});
