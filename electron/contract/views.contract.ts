import { z } from 'zod';
import { done, id, nothing } from './common.ts';
import { defineOperations } from './operation.ts';
import { EVERYTHING, OLDEST_FIRST, queueFilter, queueSort } from './requests.contract.ts';

export const savedView = z.strictObject({ id, name: z.string(), filter: queueFilter, sort: queueSort });
export type SavedView = z.infer<typeof savedView>;

export const viewsOperations = defineOperations({
  'views:list': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({ views: z.array(savedView) }),
    example: {},
    errors: [],
  },
  'views:save': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ name: z.string().trim().min(1).max(60), filter: queueFilter, sort: queueSort }),
    output: savedView,
    example: { name: 'A view', filter: EVERYTHING, sort: OLDEST_FIRST },
    errors: ['REFUSED'],
  },
  'views:remove': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ id }),
    output: done,
    example: { id: 'nobody' },
    errors: ['NOT_FOUND'],
  },
});
