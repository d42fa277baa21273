import { defineArea } from '../ground/define-area.ts';
import { home } from './home.service.ts';

export const homeArea = defineArea({
  name: 'home',
  handlers: ({ at }) => ({
    'home:get': () => home(at()),
  }),
});
