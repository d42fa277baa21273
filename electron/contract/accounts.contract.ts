import { z } from 'zod';
import { done, instant, reason, slice, TEN } from './common.ts';
import { defineOperations } from './operation.ts';

/** ESR accounts (user names) of which extracts do not say the person, and whose a person here confirmed them to be. */
const esrUsername = z.string().trim().min(1).max(100);
/** Present or past, or an assignment number. */
const anyNumber = z.string().regex(/^\d{1,12}(-\d{1,2})?$/);

export const accountRow = z.strictObject({
  /** In capitals. */
  username: z.string(),
  /** Rows of the present holdings that name the account alone. */
  holdings: z.int(),
  /** Whom the program proposes, and why; the reason is also there where it proposes nobody. */
  proposal: z.strictObject({
    employeeNumber: z.string().nullable(),
    name: z.string().nullable(),
    /** ESR's own export said so. */
    stated: z.boolean(),
    why: z.string(),
  }),
  /** Whose it was confirmed to be; `name` null = nobody's. */
  confirmed: z
    .strictObject({
      employeeNumber: z.string().nullable(),
      name: z.string().nullable(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
});
export type AccountRow = z.infer<typeof accountRow>;

const commandErrors = ['NOT_FOUND', 'REFUSED', 'DISK_FULL', 'DISK_FAILED'] as const;

/** Whose an account is decides what everybody holds. */
const touches = ['requests', 'findings', 'register'];

export const accountsOperations = defineOperations({
  'accounts:list': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner'],
    input: z.strictObject({
      state: z.enum(['to-confirm', 'confirmed']),
      text: z.string().max(100),
      ...slice,
    }),
    output: z.strictObject({ total: z.int(), rows: z.array(accountRow) }),
    example: { state: 'to-confirm', text: '', ...TEN },
    errors: [],
  },
  /** How many wait, and of how many of them ESR's own exports said one person. */
  'accounts:count': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner'],
    input: z.strictObject({}),
    output: z.strictObject({ toConfirm: z.int(), stated: z.int(), confirmed: z.int() }),
    example: {},
    errors: [],
  },
  /** Says whose an account is, from then on and for what is in the register already; null = nobody's. Never one's own. */
  'accounts:confirm': {
    kind: 'command',
    may: ['officer', 'owner'],
    input: z.strictObject({ username: esrUsername, employeeNumber: anyNumber.nullable() }),
    output: done,
    example: { username: '919NOBOD01', employeeNumber: null },
    touches,
    errors: commandErrors,
  },
  /** Confirms each account of which ESR's own exports named one person, but for one's own. */
  'accounts:confirmStated': {
    kind: 'command',
    may: ['officer', 'owner'],
    input: z.strictObject({}),
    output: z.strictObject({ confirmed: z.int() }),
    example: {},
    touches,
    errors: commandErrors,
  },
  /** Takes a confirmation back: the account waits again. */
  'accounts:undo': {
    kind: 'command',
    may: ['officer', 'owner'],
    input: z.strictObject({ username: esrUsername, reason }),
    output: done,
    example: { username: '919NOBOD01', reason: 'as an example' },
    touches,
    errors: commandErrors,
  },
});
