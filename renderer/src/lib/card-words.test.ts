import { describe, expect, it } from 'vitest';
import type { CardInReader, CardsState } from '../../../electron/contract/cards.contract.ts';
import {
  cardNumberFault,
  cardsIn,
  chosenCard,
  cleanCardNumber,
  formatCardNumber,
  hasCardToEnrol,
  mayBeAsked,
} from './card-words.ts';

const card = (readerId: string, change: Partial<CardInReader> = {}): CardInReader => ({
  readerId,
  readerName: `Reader of ${readerId}`,
  label: 'A card',
  uuid: '300100000001',
  standing: 'good',
  sentence: '',
  expiresAt: null,
  tries: 'full',
  ownKeypad: false,
  enrolment: 'none',
  ...change,
});
const state = (...cards: readonly (CardInReader | null)[]): CardsState => ({
  module: { state: 'ready', name: 'A module', sentence: '' },
  readers: cards.map((one, index) => ({ name: `Reader ${index}`, card: one })),
});

describe('the number of a card', () => {
  it.each(['300100000001', '3001 0000 0001', ' 3001-0000-0001\n', '3001\u00a00000\u20130001\u200b'])(
    'is cleaned of what stands between its digits: %j',
    (text) => {
      expect(cleanCardNumber(text)).toBe('300100000001');
      expect(cardNumberFault(text)).toBeUndefined();
    },
  );

  it.each([
    ['', /Enter the 12 digits/],
    ['30010000000', /this has 11/],
    ['3001 0000 00011', /this has 13/],
    ['30010000000O', /digits only/],
    // Digits of other scripts look like ours and are none.
    ['٣٠٠١٠٠٠٠٠٠٠١', /digits only/],
  ])('is refused: %j', (text, why) => {
    expect(cardNumberFault(text)).toMatch(why);
  });

  it('is read in groups of four', () => {
    expect(formatCardNumber('300100000001')).toBe('3001 0000 0001');
    expect(formatCardNumber('no number')).toBe('no number');
  });
});

describe('which card is asked', () => {
  it('the only one that is in, without a choice', () => {
    expect(chosenCard(state(null, card('b')), null)?.readerId).toBe('b');
  });

  it('of several none until one is chosen, and none when that one has gone', () => {
    expect(chosenCard(state(card('a'), card('b')), null)).toBeNull();
    expect(chosenCard(state(card('a'), card('b')), 'b')?.readerId).toBe('b');
    expect(chosenCard(state(card('a'), card('c'), card('d')), 'b')).toBeNull();
  });

  it('none while nothing is known', () => {
    expect(chosenCard(undefined, 'a')).toBeNull();
    expect(cardsIn(undefined)).toEqual([]);
  });
});

it('a card is offered for enrolment where this PC does not know it, or knows an earlier key of it', () => {
  expect(hasCardToEnrol(undefined)).toBe(false);
  expect(hasCardToEnrol(state(null))).toBe(false);
  expect(hasCardToEnrol(state(card('a', { enrolment: 'enrolled' })))).toBe(false);
  expect(hasCardToEnrol(state(card('a', { enrolment: 'enrolled' }), card('b')))).toBe(true);
  expect(hasCardToEnrol(state(card('a', { enrolment: 'renewed' })))).toBe(true);
  expect(hasCardToEnrol(state(card('a', { standing: 'revoked' })))).toBe(false);
});

it('a passcode is asked for only where a try is not wasted', () => {
  expect(mayBeAsked(card('a'))).toBe(true);
  expect(mayBeAsked(card('a', { standing: 'revocation-unchecked', tries: 'last' }))).toBe(true);
  expect(mayBeAsked(card('a', { tries: 'locked' }))).toBe(false);
  expect(mayBeAsked(card('a', { standing: 'expired' }))).toBe(false);
});
