import type { ActingContext } from '../ground/context.ts';
import { defineArea, type Ground, type Waiting } from '../ground/define-area.ts';
import { home } from './home.service.ts';

export interface HomeNeeds {
  /** Of every area, in the order of their list. */
  readonly waiting: (context: ActingContext) => readonly Waiting[];
}

export const homeArea = defineArea({
  name: 'home',
  handlers: ({ at, waiting }: Ground & HomeNeeds) => ({
    'home:get': () => {
      const context = at();
      return home(context, waiting(context));
    },
  }),
});
