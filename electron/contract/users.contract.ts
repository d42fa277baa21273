import { z } from 'zod';
import { cardUuid } from './cards.contract.ts';
import {
  done,
  employeeNumber,
  id,
  instant,
  nothing,
  password,
  reason,
  role,
  shortText,
  signInWay,
  username,
} from './common.ts';
import { defineOperations } from './operation.ts';

export const userRow = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  employeeNumber: z.string().nullable(),
  roles: z.array(role),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  endedAt: instant.nullable(),
  lastWay: signInWay.nullable(),
  /** `enrolled`: the store of this PC opens with it. */
  card: z.strictObject({ uuid: z.string(), enrolled: z.boolean() }).nullable(),
  hasPassword: z.boolean(),
  /** Since then a trust PC takes the card and not the password. */
  cardOnlySince: instant.nullable(),
  glassUntil: instant.nullable(),
  /** Signed in at this moment, in this window. */
  signedIn: z.boolean(),
});
export type UserRow = z.infer<typeof userRow>;

/** What stands for or against an account is part of the state of security. */
const touches = ['security', 'cards'];

export const usersOperations = defineOperations({
  'users:list': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({
      users: z.array(userRow),
      /** What should not stay so: fewer than two owners, roles that check one another in one hand. One sentence each. */
      warnings: z.array(z.string()),
    }),
    example: {},
    errors: [],
  },
  'users:add': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({
      username,
      displayName: shortText,
      employeeNumber: employeeNumber.nullable(),
      roles: z.array(role).min(1).max(5),
      /** A first password that the person must change at the first sign-in. */
      firstPassword: password,
    }),
    output: z.strictObject({ id }),
    example: {
      username: 'somebody',
      displayName: 'Somebody',
      employeeNumber: null,
      roles: ['officer'],
      firstPassword: 'short',
    },
    touches,
    errors: ['REFUSED', 'WEAK_PASSWORD'],
  },
  /**
   * A new first password, for somebody who forgot theirs, or whose way in was lost when the store was recovered on another PC.
   * One's own is changed by `session:changePassword`, which asks for the present one.
   */
  'users:resetPassword': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, firstPassword: password }),
    output: done,
    example: { id: 'nobody', firstPassword: 'short' },
    touches,
    errors: ['NOT_FOUND', 'REFUSED', 'WEAK_PASSWORD'],
  },
  /** Never one's own. Roles that would check one another are refused with the reason. */
  'users:changeRoles': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({
      id,
      roles: z.array(role).min(1).max(5),
      reason: z.string().trim().min(3).max(500),
    }),
    output: done,
    example: { id: 'nobody', roles: ['officer'], reason: 'as an example' },
    touches,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  'users:end': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, reason: z.string().trim().min(3).max(500) }),
    output: done,
    example: { id: 'nobody', reason: 'as an example' },
    touches,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  /** Says which card is an account's; null unlinks it, and its enrolment on this PC ends. */
  'users:linkCard': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, uuid: cardUuid.nullable() }),
    output: done,
    example: { id: 'nobody', uuid: null },
    touches,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  /** Lets a password in again on a trust PC for a limited time, although the account has signed in by card. */
  'users:breakGlass': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, hours: z.int().min(1).max(72), reason }),
    output: z.strictObject({ until: instant }),
    example: { id: 'nobody', hours: 1, reason: 'as an example' },
    touches,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  'users:endBreakGlass': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, reason }),
    output: done,
    example: { id: 'nobody', reason: 'as an example' },
    touches,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
});
