import { z } from 'zod';
import { done, instant, nothing, slice, TEN } from './common.ts';
import { defineOperations } from './operation.ts';
import { ledgerReview, SIGNING_ERRORS, signatureInput } from './signing.contract.ts';

export const ledgerRow = z.strictObject({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  operation: z.string(),
  subject: z.string(),
  outcome: z.enum(['done', 'refused']),
  sentence: z.string(),
  leafHash: z.string(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

/** A sign-off leaves its signature. */
const touches = ['signing'];

export const ledgerOperations = defineOperations({
  'ledger:list': {
    kind: 'query',
    may: ['team-lead', 'owner', 'caldicott'],
    input: z.strictObject({
      filter: z.strictObject({
        text: z.string().max(100),
        operation: z.string().max(80).nullable(),
        actor: z.string().max(80).nullable(),
        outcome: z.enum(['done', 'refused']).nullable(),
        from: instant.nullable(),
        to: instant.nullable(),
      }),
      ...slice,
    }),
    output: z.strictObject({
      total: z.int(),
      rows: z.array(ledgerRow),
      operations: z.array(z.string()),
      actors: z.array(z.string()),
      size: z.int(),
      rootHash: z.string(),
    }),
    example: {
      filter: { text: '', operation: null, actor: null, outcome: null, from: null, to: null },
      ...TEN,
    },
    errors: [],
  },
  /** Recomputes every leaf and the root from the events alone. Runs as a job with progress. */
  'ledger:verify': {
    kind: 'note',
    may: ['team-lead', 'owner'],
    input: nothing,
    output: z.strictObject({
      sound: z.boolean(),
      size: z.int(),
      rootHash: z.string(),
      firstWrong: z.int().nullable(),
      sentence: z.string(),
    }),
    example: {},
    gate: 'takes-itself',
    errors: ['BUSY', 'CANCELLED', 'DISK_FAILED'],
  },
  /** A team lead signs for a review of the ledger as it was last verified here; `signature` as for an approval. */
  'ledger:signOff': {
    kind: 'command',
    may: ['team-lead'],
    input: z.strictObject({ ...ledgerReview, signature: signatureInput.nullable() }),
    output: done,
    example: { size: 1, rootHash: 'a'.repeat(64), reviewed: 'a review', signature: null },
    touches,
    signs: 'audit-sign-off',
    errors: ['REFUSED', 'STALE', 'DISK_FULL', 'DISK_FAILED', ...SIGNING_ERRORS],
  },
});
