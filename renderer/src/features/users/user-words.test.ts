import { describe, expect, it } from 'vitest';
import {
  ADD_DRAFT,
  actionsFor,
  draftKey,
  isGlassBroken,
  keptDialog,
  keptForm,
  type UserAction,
  type UserRow,
  wayWords,
} from './user-words.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const row = (change: Partial<UserRow> = {}): UserRow => ({
  id: 'u1',
  username: 'somebody',
  displayName: 'Somebody',
  employeeNumber: null,
  roles: ['officer'],
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSignInAt: null,
  endedAt: null,
  lastWay: null,
  card: null,
  hasPassword: true,
  cardOnlySince: null,
  glassUntil: null,
  signedIn: false,
  ...change,
});
const CARD = { uuid: '300100000001', enrolled: true };
const SINCE = '2026-11-01T00:00:00.000Z';
const whyOf = (user: UserRow, action: UserAction, myId = 'me') =>
  actionsFor(user, myId, NOW).find((one) => one.action === action)?.why;

describe('what an owner may do with an account', () => {
  it('everything that decides over somebody is closed for one’s own row, and says why', () => {
    const mine = row({ id: 'me', card: CARD, cardOnlySince: SINCE });
    for (const action of ['change-roles', 'break-glass', 'reset-password', 'end'] as const) {
      expect(whyOf(mine, action), action).toMatch(/own|themselves/);
      expect(whyOf({ ...mine, id: 'u1' }, action), action).toBeNull();
    }
    expect(whyOf(mine, 'link-card')).toBeNull();
    expect(whyOf(mine, 'enrol')).toBeNull();
  });

  it('a card is enrolled once its number is linked', () => {
    expect(whyOf(row(), 'enrol')).toMatch(/number first/);
    expect(whyOf(row({ card: { ...CARD, enrolled: false } }), 'enrol')).toBeNull();
  });

  it('the glass is broken only where a card is asked for and there is a password to let in', () => {
    expect(whyOf(row({ card: CARD }), 'break-glass')).toMatch(/taken as it is/);
    expect(whyOf(row({ card: CARD, cardOnlySince: SINCE, hasPassword: false }), 'break-glass')).toMatch(
      /no password on this PC/,
    );
    expect(whyOf(row({ card: CARD, cardOnlySince: SINCE }), 'break-glass')).toBeNull();
  });

  it('broken glass can be made whole, and until its time is over not be broken again', () => {
    const broken = row({ card: CARD, cardOnlySince: SINCE, glassUntil: '2026-11-20T12:00:01.000Z' });
    expect(isGlassBroken(broken, NOW)).toBe(true);
    expect(whyOf(broken, 'end-glass')).toBeNull();
    expect(whyOf(broken, 'break-glass')).toBeUndefined();
    const over = { ...broken, glassUntil: '2026-11-20T12:00:00.000Z' };
    expect(isGlassBroken(over, NOW)).toBe(false);
    expect(whyOf(over, 'break-glass')).toBeNull();
    expect(whyOf(over, 'end-glass')).toBeUndefined();
  });

  it('an account that has ended lets nobody in, whatever hour its glass was broken until', () => {
    const ended = row({ glassUntil: '2026-11-20T12:00:01.000Z', endedAt: '2026-11-20T11:00:00.000Z' });
    expect(isGlassBroken(ended, NOW)).toBe(false);
  });
});

it('says by which way somebody came in, and nothing where it is not known', () => {
  expect(wayWords('recovery phrase')).toBe('by the recovery phrase');
  expect(wayWords(null)).toBe('');
});

describe('a form that was open when the session was locked', () => {
  const here = row();
  it('is found again by the name it was kept under', () => {
    const name = draftKey('u1', 'break-glass').slice('users/'.length);
    expect(keptForm(name, [row({ id: 'u0' }), here])).toEqual({ action: 'break-glass', user: here });
  });

  it.each([undefined, 'u1/enrol', 'u1/reset-password', 'u2/end', 'end'])('is none: %s', (name) => {
    expect(keptForm(name, [here])).toBeNull();
  });

  it('of several is the first that can be opened, and the form of a new account always can', () => {
    expect(keptDialog(['u2/end', 'u1/enrol', 'u1/end'], [here])).toEqual({ action: 'end', user: here });
    expect(keptDialog([ADD_DRAFT.slice('users/'.length), 'u1/end'], [here])).toBe('add');
    expect(keptDialog(['u2/end'], [here])).toBeNull();
    expect(keptDialog([], [here])).toBeNull();
  });

  it('is none where the account has ended meanwhile', () => {
    expect(keptForm('u1/end', [row({ endedAt: NOW.toISOString() })])).toBeNull();
  });
});
