import { z } from 'zod';
import { cardUuid } from './cards.contract.ts';
import { deviceKind, done, instant, nothing, reason } from './common.ts';
import { defineOperations } from './operation.ts';
import { type Decision, signaturePolicy } from './signing.contract.ts';

export const cardSettings = z.strictObject({
  /** PKCS#11 modules by absolute path; the first that loads is used. */
  modulePaths: z.array(z.string().trim().min(1).max(500)).max(10),
  /**
   * Where the UUID stands in the subject, as `TYPE=pattern` with one group of the 12 digits, such as `CN=^(\d{12})$`.
   * Optional further `TYPE=value` before it must match as well, separated by commas: `O=nhs,OU=People,CN=^(\d{12})$`.
   */
  subjectRule: z.string().trim().min(4).max(300),
  /** PEM certificates of the issuers that are trusted, and those between. */
  trustAnchors: z.string().max(100_000),
  /** Absolute paths of revocation lists (DER or PEM). */
  revocationLists: z.array(z.string().trim().min(1).max(500)).max(20),
  removalLocks: z.boolean(),
  signatures: z.strictObject({
    'approve-request': signaturePolicy,
    exception: signaturePolicy,
    'urgent-removal': signaturePolicy,
    'audit-sign-off': signaturePolicy,
  } satisfies Record<Decision, typeof signaturePolicy>),
});
export type CardSettings = z.infer<typeof cardSettings>;

export const securityCheck = z.strictObject({
  id: z.enum([
    'keychain',
    'cipher',
    'wraps',
    'card-binding',
    'backups',
    'fuses',
    'device',
    'owners',
    'break-glass',
    'revocation',
    'ledger',
  ]),
  title: z.string(),
  state: z.enum(['green', 'amber', 'red']),
  sentence: z.string(),
  /** What to do about it; empty when green. */
  mend: z.string(),
});
export type SecurityCheck = z.infer<typeof securityCheck>;

const touches = ['cards'];

export const securityOperations = defineOperations({
  'security:getState': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({ device: deviceKind, checks: z.array(securityCheck) }),
    example: {},
    errors: [],
  },
  'security:markDevice': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ kind: deviceKind, reason }),
    output: done,
    example: { kind: 'trust', reason: 'as an example' },
    touches,
    errors: ['REFUSED'],
  },
  'security:getCardSettings': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({
      settings: cardSettings,
      /** One line a certificate of `trustAnchors`: its subject, and when it ends. */
      anchors: z.array(z.strictObject({ subject: z.string(), expiresAt: instant })),
    }),
    example: {},
    errors: [],
  },
  /** What a rule, saved or not, reads from a subject typed as `O=nhs, OU=People, CN=…`. */
  'security:trySubjectRule': {
    kind: 'query',
    may: ['owner'],
    input: z.strictObject({ rule: z.string().max(300), subject: z.string().max(500) }),
    output: z.strictObject({
      uuid: cardUuid.nullable(),
      /** Why nothing was read; empty where something was. */
      problem: z.string(),
    }),
    example: { rule: 'CN=^(\\d{12})$', subject: 'CN=300100000001' },
    errors: [],
  },
  'security:changeCardSettings': {
    kind: 'command',
    may: ['owner'],
    input: cardSettings,
    output: done,
    example: {
      modulePaths: [],
      subjectRule: 'CN=^(\\d{12})$',
      trustAnchors: '',
      revocationLists: [],
      removalLocks: true,
      signatures: {
        'approve-request': 'none',
        exception: 'none',
        'urgent-removal': 'none',
        'audit-sign-off': 'none',
      },
    },
    touches,
    errors: ['REFUSED', 'KEY_STATE', 'DISK_FULL', 'DISK_FAILED'],
  },
});
