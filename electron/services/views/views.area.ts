import { defineArea, type Ground } from '../ground/define-area.ts';
import { listViews, removeView, saveView } from './view.service.ts';

export const viewsArea = defineArea({
  name: 'views',
  handlers: ({ at, newId }: Ground & { readonly newId: () => string }) => ({
    'views:list': () => listViews(at()),
    'views:save': (input) => saveView(at(), input, newId),
    'views:remove': (input) => removeView(at(), input),
  }),
});
