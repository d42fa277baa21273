import { z } from 'zod';
import {
  dayOrInstant,
  factSource,
  id,
  instant,
  isoDate,
  nothing,
  reason,
  shortText,
  slice,
  TEN,
} from './common.ts';
import { findingKind } from './findings.contract.ts';
import { defineOperations } from './operation.ts';
import { accessShown } from './register.contract.ts';
import { exceptionTerms, SIGNING_ERRORS, signatureInput } from './signing.contract.ts';

export const requestStatus = z.enum([
  'unmatched',
  'new',
  'returned',
  'with-guardian',
  'authorised',
  'approved',
  'keyed',
  'not-seen',
  'verified',
  'withdrawn',
]);
export type RequestStatus = z.infer<typeof requestStatus>;

export const queueFilter = z.strictObject({
  text: z.string().max(100),
  statuses: z.array(requestStatus).max(requestStatus.options.length),
  access: z.string().max(120).nullable(),
  /** Only approvals that no longer hold. */
  objected: z.boolean(),
});
export const queueSort = z.strictObject({
  by: z.enum(['submittedAt', 'reference', 'person', 'access', 'status', 'changedAt']),
  direction: z.enum(['asc', 'desc']),
});
export type QueueFilter = z.infer<typeof queueFilter>;
export type QueueSort = z.infer<typeof queueSort>;

export const queueRow = z.strictObject({
  id,
  reference: z.string(),
  status: requestStatus,
  submittedAt: instant,
  changedAt: instant,
  person: z.string(),
  beneficiaryNumber: z.string(),
  access: z.string(),
  version: z.int(),
  /** What of an approval no longer holds, in a few words; null while it does, and without one. */
  objection: z.string().nullable(),
});
export type QueueRow = z.infer<typeof queueRow>;

export const oneFormContent = z.strictObject({
  reference: z.string(),
  submittedAt: instant,
  requesterName: z.string(),
  requesterEmployeeNumber: z.string().nullable(),
  beneficiaryNumber: z.string(),
  beneficiaryName: z.string(),
  accessAsked: z.string(),
  justification: z.string(),
  lineManagerName: z.string(),
  lineManagerEmployeeNumber: z.string().nullable(),
  authorised: z.boolean(),
  authorisedBy: z.string().nullable(),
  authorisedByEmployeeNumber: z.string().nullable(),
  authorisedAt: dayOrInstant.nullable(),
  attachments: z.array(z.string()),
});
export type OneFormContent = z.infer<typeof oneFormContent>;

export const prerequisite = z.strictObject({
  id: z.string(),
  title: z.string(),
  state: z.enum(['holds', 'missing', 'unknown', 'warning']),
  sentence: z.string(),
  fact: z.string(),
  source: factSource.nullable(),
  clause: z.string(),
  nextAction: z.string().nullable(),
});
export type PrerequisiteView = z.infer<typeof prerequisite>;

export const keyingStep = z.strictObject({
  instruction: z.string(),
  values: z.array(z.strictObject({ label: z.string(), value: z.string() })),
});

/** Every command that the screen may offer on a request; `allowed` in the detail lists those open now to this person. */
export const requestCommand = z.enum([
  'match',
  'chooseAccess',
  'recordAuthorisation',
  'returnForm',
  'askException',
  'decideException',
  'endException',
  'approve',
  'withdrawApproval',
  'key',
  'unkey',
  'withdraw',
  'reopen',
  'setRevisionAside',
  'undo',
]);
export type RequestCommand = z.infer<typeof requestCommand>;

export const historyEntry = z.strictObject({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  sentence: z.string(),
});

export const requestDetail = z.strictObject({
  id,
  revision: z.int(),
  status: requestStatus,
  form: oneFormContent,
  formVersion: z.int(),
  versions: z.array(
    z.strictObject({
      version: z.int(),
      receivedAt: instant,
      changes: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  /** The catalogue's name for what the form asks; null while nobody has said which. */
  access: z.string().nullable(),
  person: z
    .strictObject({
      personId: z.string(),
      name: z.string(),
      employeeNumber: z.string(),
      username: z.string().nullable(),
      smartcard: z.boolean(),
      current: z.boolean(),
      organisation: z.string().nullable(),
      position: z.string().nullable(),
      assignmentNumber: z.string().nullable(),
      lineManager: z.string().nullable(),
      supervisor: z.string().nullable(),
      directReports: z.int(),
      source: factSource,
    })
    .nullable(),
  presentAccess: z.array(accessShown),
  presentAccessSource: factSource,
  prerequisites: z.array(prerequisite),
  summary: z.strictObject({ mayApprove: z.boolean(), done: z.int(), total: z.int(), sentence: z.string() }),
  keying: z.array(keyingStep),
  /** Open exceptions that extracts raised about it, the oldest first. */
  findings: z.array(
    z.strictObject({
      id,
      kind: findingKind,
      sentence: z.string(),
      nextAction: z.string(),
      raisedAt: instant,
    }),
  ),
  authorisation: z.strictObject({ by: z.string(), at: dayOrInstant, recordedBy: z.string() }).nullable(),
  approval: z.strictObject({ by: z.string(), at: instant }).nullable(),
  /** Why an approval no longer holds, judged as of now; null while it does, and without one. */
  objection: z
    .strictObject({
      /** When it was first said; null where it came up by looking, with no import since. */
      raisedAt: instant.nullable(),
      points: z.array(
        z.strictObject({
          title: z.string(),
          clause: z.string(),
          fact: z.string(),
          source: factSource.nullable(),
          nextAction: z.string().nullable(),
        }),
      ),
      /** Whether this person may record that it stands in ESR already. */
      alreadyInEsr: z.strictObject({ allowed: z.boolean(), why: z.string().nullable() }),
    })
    .nullable(),
  /** What was asked of the Caldicott Guardian, and what they decided; `until`, the last day, and `endDateInEsr`, the date to enter for it, are null where they refused. */
  exception: z
    .strictObject({
      from: z.array(z.strictObject({ clause: z.string(), title: z.string(), fact: z.string() })),
      reason: z.string(),
      by: z.string(),
      at: instant,
      decision: z
        .strictObject({
          granted: z.boolean(),
          until: isoDate.nullable(),
          endDateInEsr: isoDate.nullable(),
          reason: z.string(),
          by: z.string(),
          at: instant,
        })
        .nullable(),
    })
    .nullable(),
  keyed: z
    .strictObject({
      by: z.string(),
      at: instant,
      startDate: isoDate,
      endDate: isoDate.nullable(),
      /** What stood against it, where it was recorded as standing in ESR all the same. */
      despite: z.array(z.string()),
    })
    .nullable(),
  returned: z.strictObject({ at: instant, missing: z.array(z.string()) }).nullable(),
  verification: z.strictObject({ at: instant, sentence: z.string() }).nullable(),
  /** What the last imports said of this request without changing it, such as an extract that was taken too early. */
  notice: z.string().nullable(),
  history: z.array(historyEntry),
  /** What this person may do now, and for what they may not: why. */
  commands: z.array(
    z.strictObject({ command: requestCommand, allowed: z.boolean(), why: z.string().nullable() }),
  ),
  /** What `undo` would take back, said in words; null when nothing can be. */
  undoes: z.string().nullable(),
});
export type RequestDetail = z.infer<typeof requestDetail>;

/** `revision` is the one on the screen: a step on a request that has changed meanwhile answers STALE and changes nothing. */
const step = { id, revision: z.int().min(0) };
const stepped = z.strictObject({ id, status: requestStatus, revision: z.int() });
const stepErrors = ['NOT_FOUND', 'STALE', 'REFUSED', 'DISK_FULL', 'DISK_FAILED'] as const;
const signedStepErrors = [...stepErrors, ...SIGNING_ERRORS] as const;

const STEP = { id: 'nobody', revision: 0 };
const BECAUSE = { ...STEP, reason: 'as an example' };
/** Every request, the oldest first. */
export const EVERYTHING = { text: '', statuses: [], access: null, objected: false } as const;
export const OLDEST_FIRST = { by: 'submittedAt', direction: 'asc' } as const;

/** A decision leaves its signature. */
const touches = ['signing'];

export const requestsOperations = defineOperations({
  'requests:list': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ filter: queueFilter, sort: queueSort, ...slice }),
    output: z.strictObject({ total: z.int(), rows: z.array(queueRow) }),
    example: { filter: EVERYTHING, sort: OLDEST_FIRST, ...TEN },
    errors: [],
  },
  'requests:countByStatus': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: nothing,
    output: z.strictObject({
      counts: z.record(requestStatus, z.int()),
      total: z.int(),
      /** Approvals that no longer hold. */
      objected: z.int(),
    }),
    example: {},
    errors: [],
  },
  'requests:get': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ id }),
    output: requestDetail,
    example: { id: 'nobody' },
    errors: ['NOT_FOUND'],
  },
  'requests:match': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, employeeNumber: z.string().regex(/^\d{8,9}(-\d{1,2})?$/) }),
    output: stepped,
    example: { ...STEP, employeeNumber: '12345678' },
    touches,
    errors: stepErrors,
  },
  /** Says which catalogue access the form means, when its words name none. */
  'requests:chooseAccess': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, access: shortText }),
    output: stepped,
    example: { ...STEP, access: 'an access' },
    touches,
    errors: stepErrors,
  },
  'requests:recordAuthorisation': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject(step),
    output: stepped,
    example: STEP,
    touches,
    errors: stepErrors,
  },
  'requests:returnForm': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({
      ...step,
      missing: z.array(z.string().trim().min(1).max(500)).min(1).max(20),
      note: z.string().trim().max(2000),
    }),
    output: stepped,
    example: { ...STEP, missing: ['a thing'], note: '' },
    touches,
    errors: stepErrors,
  },
  /** `signature` where the trust's policy asks for one (`signing:prepare` says so). */
  'requests:approve': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, signature: signatureInput.nullable() }),
    output: stepped,
    example: { ...STEP, signature: null },
    touches,
    signs: 'approve-request',
    errors: signedStepErrors,
  },
  /** Asks the Caldicott Guardian to let everything pass that is missing now (5.1.1). */
  'requests:askException': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  /** `signature` as for an approval. */
  'requests:decideException': {
    kind: 'command',
    may: ['caldicott'],
    input: z.strictObject({ ...step, terms: exceptionTerms, signature: signatureInput.nullable() }),
    output: stepped,
    example: { ...STEP, terms: { granted: false, reason: 'a reason' }, signature: null },
    touches,
    signs: 'exception',
    errors: signedStepErrors,
  },
  /** Takes back what was granted, as long as it is not keyed; an approval falls with it. */
  'requests:endException': {
    kind: 'command',
    may: ['caldicott'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  'requests:withdrawApproval': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  'requests:key': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({
      ...step,
      keyedAt: instant,
      startDate: isoDate,
      endDate: isoDate.nullable(),
      /** Said of an approval that no longer holds: it stands in ESR, so it is recorded and raised. */
      alreadyInEsr: z.boolean(),
    }),
    output: stepped,
    example: {
      ...STEP,
      keyedAt: '2026-11-20T12:00:00.000Z',
      startDate: '2026-11-20',
      endDate: null,
      alreadyInEsr: false,
    },
    touches,
    errors: stepErrors,
  },
  'requests:unkey': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  'requests:withdraw': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  'requests:reopen': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  /** Keeps what was keyed or closed although a changed form has come since; said with a reason, since the form differs from then on. */
  'requests:setRevisionAside': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
  'requests:undo': {
    kind: 'command',
    may: ['officer'],
    input: z.strictObject({ ...step, reason }),
    output: stepped,
    example: BECAUSE,
    touches,
    errors: stepErrors,
  },
});
