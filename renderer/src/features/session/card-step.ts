import type { CardInReader } from '../../../../electron/contract/cards.contract.ts';
import { mayBeAsked } from '../../lib/card-words.ts';

/** What the holder of the card in the reader is to do at the sign-in screen. */
export type CardStep =
  /** No card is in, or none of several is chosen. */
  | { readonly kind: 'wait' }
  /** Its certificate or its tries stand against it, which is said beside its facts. */
  | { readonly kind: 'refused' }
  /** Sound, and yet it does not open the store on this PC. */
  | { readonly kind: 'enrol'; readonly words: string }
  | { readonly kind: 'passcode' }
  | { readonly kind: 'keypad' };

export const cardStep = (card: CardInReader | null): CardStep => {
  if (card === null) return { kind: 'wait' };
  if (!mayBeAsked(card)) return { kind: 'refused' };
  switch (card.enrolment) {
    case 'none':
      return {
        kind: 'enrol',
        words:
          'This card is not enrolled on this PC. Sign in by password and choose “Enrol my smartcard” under your name, or have a system owner do it with you.',
      };
    case 'renewed':
      return {
        kind: 'enrol',
        words:
          'The certificate on this card was renewed. A system owner signs in and enrols it again with you, under Users.',
      };
    // The keychain is asked before the card is: no try is spent where it still does not answer.
    case 'unknown':
    case 'enrolled':
      return { kind: card.ownKeypad ? 'keypad' : 'passcode' };
  }
};
