import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SigningService } from './signing.service.ts';

export const signingArea = defineArea({
  name: 'signing',
  handlers: ({ at, signing }: Ground & { readonly signing: SigningService }) => ({
    'signing:prepare': (input) => signing.prepare(at(), input),
    'signing:list': (input) => signing.list(at(), input),
  }),
});
