import { defineArea } from '../ground/define-area.ts';
import { getPerson, listCatalogue, searchPeople } from './register.service.ts';

export const registerArea = defineArea({
  name: 'register',
  handlers: ({ store, clock }) => ({
    'register:searchPeople': (input) => searchPeople(store(), clock, input),
    'register:getPerson': (input) => getPerson(store(), clock, input),
    'register:catalogue': () => listCatalogue(store(), clock),
  }),
});
