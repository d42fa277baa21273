import { z } from 'zod';
import { done, instant, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

export const theme = z.enum(['light', 'dark', 'system']);
export type Theme = z.infer<typeof theme>;

export const appOperations = defineOperations({
  'app:about': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      sqlite: z.string(),
      platform: z.string(),
    }),
    errors: [],
  },
  'app:getTheme': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: nothing,
    output: z.strictObject({ theme }),
    errors: [],
  },
  'app:setTheme': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: z.strictObject({ theme }),
    output: z.strictObject({ theme }),
    errors: [],
  },
  'app:copyText': {
    kind: 'query',
    may: 'signed-in',
    shell: true,
    /** As long as a signature with its certificates is (PEM). */
    input: z.strictObject({ text: z.string().min(1).max(20_000) }),
    output: done,
    errors: [],
  },
  /** Reports a fault of a screen into the program's own log: a name and where, never what was on the screen. */
  'app:reportFault': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: z.strictObject({ name: z.string().max(100), where: z.string().max(4000) }),
    output: z.strictObject({ correlationId: z.string() }),
    errors: [],
  },
});

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
    errors: [],
  },
  'settings:change': { kind: 'command', may: ['owner'], input: settings, output: done, errors: ['REFUSED'] },
  'settings:backUpNow': {
    kind: 'command',
    may: ['owner', 'officer'],
    input: nothing,
    output: z.strictObject({ takenAt: instant }),
    errors: ['DISK_FULL', 'DISK_FAILED', 'BUSY'],
  },
});

export const homeOperations = defineOperations({
  'home:get': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({
      greetingName: z.string(),
      waiting: z.array(z.strictObject({ label: z.string(), count: z.int(), to: z.string() })),
      oldestWaitingDays: z.int().nullable(),
      openFindings: z.int(),
      recent: z.array(z.strictObject({ at: instant, sentence: z.string() })),
    }),
    errors: [],
  },
});
