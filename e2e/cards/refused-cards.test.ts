import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  CARD_OF,
  type CardDesk,
  type CardWishes,
  openCardDesk,
  type PersonsCard,
  PIN,
} from '../support/card/card-desk.ts';

// Cards that must open nothing: each says why and what to do next, leaves an event, and never gets to see the passcode.

let desk: CardDesk;
let good: PersonsCard;
let inside: readonly PersonsCard[] = [];
beforeAll(async () => {
  desk = await openCardDesk();
  await desk.setUpCards();
  await desk.link('officer');
  good = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.enrol('officer', good);
  await desk.must('session:signOut', {});
  await good.remove();
  await desk.untilEmpty();
});
afterEach(async () => {
  for (const card of inside) await card.remove();
  inside = [];
  for (const slot of desk.pcsc.slots) await desk.untilEmpty(slot);
  if ((await desk.must('session:getState', {})).user !== null) await desk.must('session:signOut', {});
});
afterAll(() => desk?.close({ forget: true }));

async function putIn(...cards: readonly PersonsCard[]) {
  inside = cards;
  const shown = [];
  for (const [at, card] of cards.entries()) {
    const slot = desk.pcsc.slots[at];
    if (!slot) throw new Error('There are two slots.');
    await card.insert(slot);
    shown.push(await desk.cardIn(slot));
  }
  return shown;
}

/** Refusals as the owner finds them in the ledger, newest first. */
async function refusals(): Promise<readonly string[]> {
  await desk.signInAs('owner');
  const { rows } = await desk.must('ledger:list', {
    filter: { text: '', operation: 'session.signIn', actor: null, outcome: 'refused', from: null, to: null },
    offset: 0,
    limit: 20,
  });
  await desk.must('session:signOut', {});
  return rows.map(({ sentence }) => sentence);
}

const SENTENCE = /^[A-Z].*\.$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be shown
const HIDDEN = /[\u0000-\u001f\u202a-\u202e]/;

const REFUSED: readonly [string, CardWishes, string][] = [
  ['expired', { untilDay: -0.5, fromDay: -400 }, 'expired'],
  ['not yet valid', { fromDay: 1 }, 'not-yet-valid'],
  ['of an authority of the same name that is not trusted', { issuer: 'another' }, 'wrong-issuer'],
  ['signed by itself', { issuer: 'itself' }, 'self-signed'],
  ['for signing alone', { keyUsage: 'signing' }, 'wrong-usage'],
  [
    'of nobody: a subject without the number',
    {
      subject: [
        ['O', 'nhs'],
        ['OU', 'People'],
        ['CN', 'Somebody'],
      ],
    },
    'no-uuid',
  ],
  [
    'with a number hidden behind a line break',
    {
      subject: [
        ['O', 'nhs'],
        ['OU', 'People'],
        ['CN', `x\n${CARD_OF.officer}`],
      ],
    },
    'no-uuid',
  ],
  [
    'with two numbers',
    {
      subject: [
        ['O', 'nhs'],
        ['OU', 'People'],
        ['CN', CARD_OF.officer],
        ['CN', CARD_OF.owner],
      ],
    },
    'no-uuid',
  ],
  [
    'with markup for a name',
    {
      subject: [
        ['O', 'nhs'],
        ['OU', 'People'],
        ['CN', '<img src=x onerror=alert(1)>\u202e\u0000'],
      ],
    },
    'no-uuid',
  ],
];

test.each(REFUSED)('a certificate %s', async (_, wishes, standing) => {
  const card = desk.makeCard(wishes);
  const [shown] = await putIn(card);
  if (!shown) throw new Error('It is not shown.');
  expect(shown.standing).toBe(standing);
  expect(shown.sentence).toMatch(SENTENCE);
  expect(shown.sentence).not.toContain('<img');
  expect(`${shown.label}${shown.sentence}`).not.toMatch(HIDDEN);
  const answer = await desk.ask('session:signInByCard', { readerId: shown.readerId, pin: PIN });
  expect(answer).toMatchObject({ ok: false, code: 'CARD_REFUSED', details: { reason: standing } });
  expect(card.answered('sign'), 'it was never asked to sign').toBe(0);
  expect(card.triesLeft()).toBe(3);
  expect((await desk.must('session:getState', {})).user).toBeNull();
});

test('each refusal is in the ledger, and none of them says the number', async () => {
  const told = await refusals();
  expect(told).toHaveLength(REFUSED.length);
  expect(told.join()).not.toMatch(/\d{12}/);
});

test('a card that was good is refused once it is on the list of revoked ones', async () => {
  const [shown] = await putIn(good);
  expect(shown).toMatchObject({ standing: 'good', enrolment: 'enrolled' });
  const card = desk.makeCard({ uuid: CARD_OF.officer });
  desk.revoke(card.der);
  await desk.setUpCards();
  await desk.must('session:signOut', {});
  await good.remove();
  await desk.untilEmpty();
  const [revoked] = await putIn(card);
  expect(revoked).toMatchObject({ standing: 'revoked' });
  expect(
    await desk.ask('session:signInByCard', { readerId: revoked?.readerId ?? '', pin: PIN }),
  ).toMatchObject({
    ok: false,
    details: { reason: 'revoked' },
  });
});

test('of the right authority with the number of nobody here: enrolled nowhere, and it may not enrol as somebody else', async () => {
  const stranger = desk.makeCard({ uuid: '300100000099' });
  const [shown] = await putIn(stranger);
  expect(shown).toMatchObject({ standing: 'good', enrolment: 'none' });
  const readerId = shown?.readerId ?? '';
  expect(await desk.ask('session:signInByCard', { readerId, pin: PIN })).toMatchObject({
    ok: false,
    details: { reason: 'not-enrolled' },
  });
  await desk.signInAs('owner');
  const userId = await desk.idOf('officer');
  expect(await desk.ask('cards:enrol', { userId, readerId, pin: PIN })).toMatchObject({
    ok: false,
    details: { reason: 'wrong-uuid' },
  });
  expect(stranger.answered('sign')).toBe(0);
});

test('another key under the same number is a renewed card, and opens nothing until it is enrolled again', async () => {
  const renewed = desk.makeCard({ uuid: CARD_OF.officer });
  const [shown] = await putIn(renewed);
  expect(shown).toMatchObject({ standing: 'good', enrolment: 'renewed' });
  expect(await desk.ask('session:signInByCard', { readerId: shown?.readerId ?? '', pin: PIN })).toMatchObject(
    {
      ok: false,
      details: { reason: 'renewed' },
    },
  );
});

test('two readers, two cards with one number: each stands for itself, and only the enrolled one opens', async () => {
  const twin = desk.makeCard({ uuid: CARD_OF.officer });
  const [first, second] = await putIn(good, twin);
  expect([first?.enrolment, second?.enrolment]).toEqual(['enrolled', 'renewed']);
  expect(
    await desk.ask('session:signInByCard', { readerId: second?.readerId ?? '', pin: PIN }),
  ).toMatchObject({
    ok: false,
    details: { reason: 'renewed' },
  });
  expect(twin.triesLeft()).toBe(3);
  expect(await desk.ask('session:signInByCard', { readerId: first?.readerId ?? '', pin: PIN })).toMatchObject(
    {
      ok: true,
    },
  );
  await twin.remove();
  await desk.untilEmpty(desk.pcsc.slots[1]);
  expect(
    (await desk.must('session:getState', {})).user,
    'another card’s removal locks nobody',
  ).not.toBeNull();
});

test('pulled out in the middle of the sign-in it lets nobody in, and put in again it does', async () => {
  const [shown] = await putIn(good);
  good.onApdu((command) => (command === 'sign' ? good.remove() : undefined));
  const answer = await desk.ask('session:signInByCard', { readerId: shown?.readerId ?? '', pin: PIN });
  good.onApdu(null);
  expect(answer).toMatchObject({ ok: false, code: 'CARD_REFUSED', details: { reason: 'card-gone' } });
  await desk.untilEmpty();
  const [again] = await putIn(good);
  expect(await desk.ask('session:signInByCard', { readerId: again?.readerId ?? '', pin: PIN })).toMatchObject(
    {
      ok: true,
    },
  );
});
