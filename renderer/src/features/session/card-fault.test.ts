import { expect, it } from 'vitest';
import type { CardInReader, CardsState } from '../../../../electron/contract/cards.contract.ts';
import { Refusal } from '../../lib/api.ts';
import { isFaultSaid } from './card-fault.ts';

const CARD: CardInReader = {
  readerId: 'r',
  readerName: 'A reader',
  label: 'A card',
  uuid: '300100000001',
  standing: 'good',
  sentence: '',
  expiresAt: null,
  tries: 'full',
  ownKeypad: false,
  enrolment: 'enrolled',
};
const software = (state: CardsState['module']['state']): CardsState => ({
  module: { state, name: 'OpenSC', sentence: 'Said of the readers.' },
  readers: [],
});
const fault = (reason: string) => new Refusal('CARD_REFUSED', 'It is said.', { reason }, '');

it('what was said of one card is said while it is in or none is, and not over another', () => {
  const wrong = fault('wrong-pin');
  expect(isFaultSaid(wrong, CARD, { card: CARD, state: software('ready') })).toBe(true);
  expect(isFaultSaid(wrong, CARD, { card: null, state: software('ready') })).toBe(true);
  expect(isFaultSaid(wrong, CARD, { card: { ...CARD, readerId: 's' }, state: software('ready') })).toBe(
    false,
  );
});

it('software that failed is said once: beside the readers while it is down, and of the same card once it is back', () => {
  const again = { ...CARD, readerId: 's' };
  for (const reason of ['timed-out', 'module-failed']) {
    expect(isFaultSaid(fault(reason), CARD, { card: null, state: software('hung') })).toBe(false);
    expect(isFaultSaid(fault(reason), CARD, { card: null, state: software('failed') })).toBe(false);
    expect(isFaultSaid(fault(reason), CARD, { card: null, state: software('starting') })).toBe(true);
    expect(isFaultSaid(fault(reason), CARD, { card: again, state: software('ready') })).toBe(true);
    const other = { ...again, uuid: '300100000002' };
    expect(isFaultSaid(fault(reason), CARD, { card: other, state: software('ready') })).toBe(false);
  }
  expect(isFaultSaid(fault('card-gone'), CARD, { card: null, state: software('hung') })).toBe(true);
});
