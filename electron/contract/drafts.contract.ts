import { z } from 'zod';
import { done, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

/** What somebody has typed and not sent yet, as JSON; kept in the store for its writer alone, and no event of the ledger. */
export const draft = z.strictObject({ key: z.string().min(1).max(200), value: z.string().max(20_000) });
export type Draft = z.infer<typeof draft>;

export const draftsOperations = defineOperations({
  'drafts:list': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({ drafts: z.array(draft) }),
    example: {},
    errors: [],
  },
  /** Null forgets it. A query to the table of permissions, since nobody decides anything by it. */
  'drafts:keep': {
    kind: 'note',
    may: 'signed-in',
    input: z.strictObject({ key: z.string().min(1).max(200), value: z.string().max(20_000).nullable() }),
    output: done,
    example: { key: 'a form', value: null },
    errors: ['REFUSED', 'DISK_FULL', 'DISK_FAILED'],
  },
});
