import { z } from 'zod';
import { done, id, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

export const jobProgress = z.strictObject({
  jobId: id,
  title: z.string(),
  phase: z.string(),
  /** 0 to 1, or null while it cannot be said. */
  fraction: z.number().min(0).max(1).nullable(),
  rows: z.int(),
  secondsLeft: z.number().nullable(),
  state: z.enum(['running', 'cancelling', 'done', 'failed', 'cancelled']),
});
export type JobProgress = z.infer<typeof jobProgress>;

export const jobsOperations = defineOperations({
  'jobs:current': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: z.strictObject({ job: jobProgress.nullable() }),
    example: {},
    errors: [],
  },
  /** Asks the running job to stop at its next safe place; it changes nothing that was there before. */
  'jobs:cancel': {
    kind: 'query',
    may: 'anyone',
    input: z.strictObject({ jobId: id }),
    output: done,
    example: { jobId: 'nobody' },
    errors: ['NOT_FOUND'],
  },
});
