import type { CardTries } from '../../contract/cards.contract.ts';
import { ServiceError } from '../ground/service-error.ts';
import type { CardFailure } from './card-port.ts';

/** What the card's flags say of the next wrong passcode; empty when nothing is lost yet or nothing is known. */
export function triesWords(tries: CardTries): string {
  switch (tries) {
    case 'low':
      return 'A wrong passcode was tried before: few tries are left.';
    case 'last':
      return 'This is the last try: another wrong passcode locks the card.';
    case 'locked':
      return 'The card is locked. Have it unlocked by the Registration Authority.';
    case 'full':
    case 'unknown':
      return '';
  }
}

const FAILURES: Readonly<Record<CardFailure, string>> = {
  'wrong-pin': 'The passcode is not right.',
  'pin-locked':
    'The card is locked after too many wrong passcodes. Have it unlocked by the Registration Authority.',
  'pin-unfit': 'This cannot be the passcode: it is too short or too long for the card. No try was spent.',
  'card-gone':
    'The card was taken out before it had answered. Nothing was changed. Put it in again, then try again.',
  'key-missing':
    'The card has a certificate but not the key for it. Have the card looked at by the Registration Authority.',
  'timed-out':
    'The card’s driver did not answer and was stopped. Take the card out, put it in, then try again; if it stops again, tell IT.',
  'module-failed':
    'The card’s driver failed. Take the card out, put it in, then try again; if it fails again, tell IT.',
};

/** `reason` and `tries` are in the details, so that the screen need not read the sentence. */
export const cardFailure = (reason: CardFailure, tries: CardTries, code?: number): ServiceError =>
  new ServiceError(
    'CARD_REFUSED',
    [
      FAILURES[reason],
      reason === 'wrong-pin' ? triesWords(tries) : '',
      code === undefined ? '' : `Tell them error ${code.toString(16).padStart(2, '0')} of the card software.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    { reason, tries },
  );

/** A refusal of ours, with the reason for the ledger: never the card's number. */
export const refuseCard = (reason: string, sentence: string): ServiceError =>
  new ServiceError('CARD_REFUSED', sentence, { reason, tries: 'unknown' });
