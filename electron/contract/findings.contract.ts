import { z } from 'zod';
import { done, id, instant, reason, slice, TEN } from './common.ts';
import { defineOperations } from './operation.ts';

/** What a comparison with an extract raises. */
export const findingKind = z.enum([
  'keyed-but-not-seen',
  'seen-with-other-dates',
  'held-past-approval',
  'seen-but-never-approved',
  'keyed-no-longer-grantable',
]);

/** Days on which an access works: both ends count; null = not said, or no end. */
export const accessDays = z.strictObject({ from: z.string().nullable(), lastDay: z.string().nullable() });
export type AccessDays = z.infer<typeof accessDays>;

export const findingRow = z.strictObject({
  id,
  kind: findingKind,
  person: z.string(),
  employeeNumber: z.string(),
  urp: z.string(),
  username: z.string().nullable(),
  raisedAt: instant,
  extractTakenAt: instant,
  requestId: id.nullable(),
  /** Days on which ESR shows the access; null where no row shows it, and in findings from before they were kept. */
  shown: accessDays.nullable(),
  /** The days that were keyed, approved or accepted here; null where none were. */
  approved: accessDays.nullable(),
  sentence: z.string(),
  nextAction: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  settlement: z.string().nullable(),
});
export type FindingRow = z.infer<typeof findingRow>;

export const findingsOperations = defineOperations({
  'findings:list': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ open: z.boolean(), ...slice }),
    output: z.strictObject({
      total: z.int(),
      openByKind: z.record(findingRow.shape.kind, z.int()),
      rows: z.array(findingRow),
    }),
    example: { open: true, ...TEN },
    errors: [],
  },
  /** Settles an exception with what was done about it. It does not touch ESR: the next extract is compared again. */
  'findings:settle': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ id, settlement: reason }),
    output: done,
    example: { id: 'nobody', settlement: 'as an example' },
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  'findings:reopen': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ id, reason }),
    output: done,
    example: { id: 'nobody', reason: 'as an example' },
    errors: ['NOT_FOUND', 'REFUSED'],
  },
});
