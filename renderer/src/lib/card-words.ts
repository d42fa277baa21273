import type { CardInReader, CardsState, CardTries } from '../../../electron/contract/cards.contract.ts';

/** `3001 0000 0001`: twelve digits as people read them out. Anything else as it is. */
export const formatCardNumber = (uuid: string): string =>
  /^\d{12}$/.test(uuid) ? uuid.replace(/(\d{4})(?=\d)/g, '$1 ') : uuid;

/** What was typed or pasted, without the spaces and dashes that people put between the digits. */
export const cleanCardNumber = (text: string): string =>
  text.replace(/[\s\u200b-\u200f\u2060\ufeff\p{Pd}]/gu, '');

/** What is wrong with a card number as it was typed; undefined when it is one. */
export const cardNumberFault = (text: string): string | undefined => {
  const digits = cleanCardNumber(text);
  if (digits === '') return 'Enter the 12 digits on the card';
  if (!/^\d+$/.test(digits)) return 'A card number has digits only';
  return digits.length === 12 ? undefined : `A card number has 12 digits; this has ${digits.length}`;
};

export const cardsIn = (state: CardsState | undefined): readonly CardInReader[] =>
  (state?.readers ?? []).flatMap(({ card }) => (card === null ? [] : [card]));

/** The card that was chosen, while it is there; where only one is in, that one. */
export const chosenCard = (state: CardsState | undefined, readerId: string | null): CardInReader | null => {
  const cards = cardsIn(state);
  return cards.find((card) => card.readerId === readerId) ?? (cards.length === 1 ? (cards[0] ?? null) : null);
};

/** Whether its passcode may be asked for: the program refuses it otherwise, and a try would be spent for nothing. */
export const mayBeAsked = ({ standing, tries }: Pick<CardInReader, 'standing' | 'tries'>): boolean =>
  (standing === 'good' || standing === 'revocation-unchecked') && tries !== 'locked';

/** Whether a card is in that this PC's store could still be bound to. */
export const hasCardToEnrol = (state: CardsState | undefined): boolean =>
  cardsIn(state).some((card) => isToBeEnrolled(card) && mayBeAsked(card));

const isToBeEnrolled = ({ enrolment }: CardInReader): boolean =>
  enrolment === 'none' || enrolment === 'renewed';

/** Said before a try is spent. */
export const TRIES_WORDS: Readonly<Record<CardTries, string>> = {
  full: 'No wrong passcode was tried since the last right one.',
  low: 'A wrong passcode was tried before: few tries are left.',
  last: 'This is the last try: another wrong passcode locks the card.',
  locked: 'The card is locked. Have it unlocked by the Registration Authority.',
  unknown: 'This card does not say how many tries are left. Three wrong passcodes lock most cards.',
};

export const triesTone = (tries: CardTries): 'plain' | 'warn' | 'bad' => {
  switch (tries) {
    case 'full':
    case 'unknown':
      return 'plain';
    case 'low':
      return 'warn';
    case 'last':
    case 'locked':
      return 'bad';
    default:
      return tries satisfies never;
  }
};
