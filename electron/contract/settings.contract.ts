import { z } from 'zod';
import { done, instant, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

export const settings = z.strictObject({
  idleMinutes: z.int().min(1).max(60),
  maxExtractAgeDays: z.int().min(1).max(90),
  informationGovernanceRequired: z.boolean(),
  /** Which training counts, and which status words mean passed; each matched whole. */
  trainingCompetences: z.array(z.string().trim().min(1).max(120)).min(1).max(50),
  trainingPassed: z.array(z.string().trim().min(1).max(60)).min(1).max(50),
  /** Whether an end date in ESR is the last day of access, or the first without. To be tried once in TPLY. */
  endDateMeaning: z.enum(['last-day', 'first-day-without']),
  /** A file that would end more than this share of what is known, in 100, is taken only with a reason. */
  largestLossPercent: z.int().min(0).max(100),
});
export type Settings = z.infer<typeof settings>;

export const settingsOperations = defineOperations({
  'settings:get': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({
      settings,
      backup: z.strictObject({ lastAt: instant.nullable(), kept: z.int(), problem: z.string().nullable() }),
    }),
    example: {},
    errors: [],
  },
  'settings:change': {
    kind: 'command',
    may: ['owner'],
    input: settings,
    output: done,
    example: {
      idleMinutes: 10,
      maxExtractAgeDays: 10,
      informationGovernanceRequired: true,
      trainingCompetences: ['Data Security Awareness'],
      trainingPassed: ['Compliant'],
      endDateMeaning: 'last-day',
      largestLossPercent: 5,
    },
    touches: ['security'],
    errors: ['REFUSED'],
  },
  'settings:backUpNow': {
    kind: 'command',
    may: ['owner', 'officer'],
    input: nothing,
    output: z.strictObject({ takenAt: instant }),
    example: {},
    touches: ['security'],
    errors: ['DISK_FULL', 'DISK_FAILED', 'BUSY'],
  },
});
