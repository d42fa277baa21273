import { z } from 'zod';
import { factSource, isoDate, nothing, slice, TEN } from './common.ts';
import { defineOperations } from './operation.ts';

/** One row of what ESR's holdings extract shows for a person; dates as ESR writes them. */
export const accessShown = z.strictObject({
  urp: z.string(),
  username: z.string().nullable(),
  startDate: isoDate.nullable(),
  endDate: isoDate.nullable(),
  /** Where the account has an end, that of all that stands in it. */
  accountEnd: isoDate.nullable(),
});

export const personRow = z.strictObject({
  personId: z.string(),
  name: z.string(),
  employeeNumber: z.string(),
  position: z.string().nullable(),
  organisation: z.string().nullable(),
  current: z.boolean(),
});

export const catalogueEntry = z.strictObject({
  name: z.string(),
  family: z.string(),
  purpose: z.string(),
  needsSmartcard: z.boolean(),
  needsAsNumber: z.boolean(),
  needsHierarchy: z.boolean(),
  everyone: z.boolean(),
  remoteCapable: z.boolean(),
  minimumHolders: z.int(),
  clause: z.string(),
  holders: z.int(),
});

export const registerOperations = defineOperations({
  'register:searchPeople': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ text: z.string().max(100), ...slice }),
    /** `more`: it finds more than the `total` that was counted and can be listed. */
    output: z.strictObject({
      total: z.int(),
      more: z.boolean(),
      rows: z.array(personRow),
      source: factSource,
    }),
    example: { text: '', ...TEN },
    errors: [],
  },
  'register:getPerson': {
    kind: 'query',
    may: ['officer', 'hr-admin', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ employeeNumber: z.string().regex(/^\d{8,9}$/) }),
    output: z.strictObject({
      personId: z.string(),
      name: z.string(),
      employeeNumber: z.string(),
      email: z.string().nullable(),
      smartcardUuid: z.string().nullable(),
      current: z.boolean(),
      hireDate: isoDate.nullable(),
      terminationDate: isoDate.nullable(),
      assignments: z.array(
        z.strictObject({
          assignmentNumber: z.string(),
          position: z.string().nullable(),
          positionNumber: z.string().nullable(),
          organisation: z.string().nullable(),
          supervisor: z.string().nullable(),
          lineManager: z.string().nullable(),
          directReports: z.int(),
          primary: z.boolean(),
          from: isoDate.nullable(),
          to: isoDate.nullable(),
          status: z.string().nullable(),
        }),
      ),
      access: z.array(accessShown),
      asNumbers: z.array(
        z.strictObject({
          asNumber: z.string(),
          positionNumber: z.string().nullable(),
          issuedOn: isoDate.nullable(),
        }),
      ),
      training: z.array(
        z.strictObject({ competence: z.string(), status: z.string(), expiresOn: isoDate.nullable() }),
      ),
      sources: z.array(factSource),
    }),
    example: { employeeNumber: '12345678' },
    errors: ['NOT_FOUND'],
  },
  'register:catalogue': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({
      entries: z.array(catalogueEntry),
      conflicts: z.array(
        z.strictObject({
          a: z.string(),
          b: z.string(),
          severity: z.enum(['block', 'warn']),
          why: z.string(),
        }),
      ),
    }),
    example: {},
    errors: [],
  },
});
