import { defineArea, type Ground } from '../ground/define-area.ts';
import type { CardService } from './card.service.ts';

export const cardsArea = defineArea({
  name: 'cards',
  handlers: ({ cards }: Ground & { readonly cards: CardService }) => ({
    'cards:getState': () => cards.getState(),
    'cards:enrol': (input) => cards.enrol(input),
  }),
});
