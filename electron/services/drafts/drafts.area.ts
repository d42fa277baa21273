import { defineArea } from '../ground/define-area.ts';
import { keepDraft } from './drafts.ts';

export const draftsArea = defineArea({
  name: 'drafts',
  handlers: ({ at, store }) => ({
    'drafts:list': () => ({ drafts: [...store().access.drafts.list(at().actor.userId)] }),
    'drafts:keep': (input) => keepDraft(at(), input),
  }),
});
