import { defineArea, type Ground } from '../ground/define-area.ts';
import type { JobOperations } from './operations.ts';

export const jobsArea = defineArea({
  name: 'jobs',
  handlers: ({ jobs }: Ground & { readonly jobs: JobOperations }) => ({
    'jobs:current': () => jobs.current(),
    'jobs:cancel': (input) => jobs.cancel(input),
  }),
});
