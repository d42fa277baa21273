import { expect, it } from 'vitest';
import { type CardInReader, cardStanding, cardTries } from '../../../../electron/contract/cards.contract.ts';
import { cardStep } from './card-step.ts';
import { isTyping } from './typing.ts';

const GOOD: CardInReader = {
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

it('a passcode is typed here, or on the reader where it has keys', () => {
  expect(cardStep(GOOD)).toEqual({ kind: 'passcode' });
  expect(cardStep({ ...GOOD, ownKeypad: true })).toEqual({ kind: 'keypad' });
  expect(cardStep(null)).toEqual({ kind: 'wait' });
});

it('nothing is asked of a card that would be refused, whatever else it is', () => {
  const usable = ['good', 'revocation-unchecked'];
  for (const standing of cardStanding.options.filter((one) => !usable.includes(one))) {
    for (const enrolment of ['enrolled', 'none', 'renewed'] as const)
      expect(cardStep({ ...GOOD, standing, enrolment }), standing).toEqual({ kind: 'refused' });
  }
  for (const tries of cardTries.options)
    expect(cardStep({ ...GOOD, tries }).kind, tries).toBe(tries === 'locked' ? 'refused' : 'passcode');
  expect(cardStep({ ...GOOD, standing: 'revocation-unchecked' }).kind).toBe('passcode');
});

it('a card that is not enrolled is told the next step, and a renewed one another', () => {
  const none = cardStep({ ...GOOD, enrolment: 'none', ownKeypad: true });
  const renewed = cardStep({ ...GOOD, enrolment: 'renewed' });
  expect(none).toMatchObject({ kind: 'enrol', words: expect.stringContaining('Sign in by password') });
  expect(renewed).toMatchObject({ kind: 'enrol', words: expect.stringContaining('A system owner') });
});

it('a card does not take the form from under the hands of somebody who types', () => {
  expect(isTyping(null, 1_000_000)).toBe(false);
  expect(isTyping({ at: 1_000_000, holdsPassword: false }, 1_001_000)).toBe(true);
  expect(isTyping({ at: 1_000_000, holdsPassword: false }, 1_006_000)).toBe(false);
  expect(isTyping({ at: 1_000_000, holdsPassword: true }, 9_000_000)).toBe(true);
});
