import { defineArea } from '../ground/define-area.ts';
import {
  confirmAccount,
  confirmStated,
  countAccounts,
  listAccounts,
  undoAccount,
} from './account.service.ts';

export const accountsArea = defineArea({
  name: 'accounts',
  handlers: ({ at, store }) => ({
    'accounts:list': (input) => listAccounts(store(), input),
    'accounts:count': () => countAccounts(store()),
    'accounts:confirm': (input) => confirmAccount(at(), input),
    'accounts:confirmStated': () => confirmStated(at()),
    'accounts:undo': (input) => undoAccount(at(), input),
  }),
});
