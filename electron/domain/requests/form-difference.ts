/** What changed between two versions of a OneForm, and what that does to a request already worked on. */
import { showDate, showInstant } from '../dates.ts';
import { readStaffNumber } from '../people/staff-number.ts';
import type { FormPerson, OneFormContent, RequestStatus } from './request.ts';

export interface FieldDifference {
  readonly field: string;
  readonly label: string;
  /** As shown; an absent value reads `(none)`. */
  readonly before: string;
  readonly after: string;
  /** Whether what was authorised or approved is no longer what is asked for. */
  readonly material: boolean;
}

export type RevisionEffect =
  | { readonly kind: 'keep' }
  | { readonly kind: 'back-to-new'; readonly sentence: string }
  /** Already keyed or closed: nothing changes by itself, a person must look. */
  | { readonly kind: 'look'; readonly sentence: string };

interface Field {
  readonly field: string;
  readonly label: string;
  readonly material: boolean;
  readonly show: (form: OneFormContent) => string;
}

/**
 * Material is what the line manager and the officer decided on: which access, for whom, on whose authorisation, and at
 * whose request (separation of duty compares the requester). A reworded reason is shown and changes nothing.
 */
const FIELDS: readonly Field[] = [
  {
    field: 'accessAsTyped',
    label: 'Access asked for',
    material: true,
    show: (form) => text(form.accessAsTyped),
  },
  {
    field: 'beneficiary.number',
    label: 'For (number)',
    material: true,
    show: (form) => number(form.beneficiary),
  },
  {
    field: 'beneficiary.name',
    label: 'For (name)',
    material: false,
    show: (form) => text(form.beneficiary.name),
  },
  {
    field: 'requester.number',
    label: 'Asked by (number)',
    material: true,
    show: (form) => number(form.requester),
  },
  {
    field: 'requester.name',
    label: 'Asked by (name)',
    material: false,
    show: (form) => text(form.requester.name),
  },
  {
    // A form may say no more than that it is authorised.
    field: 'authorisation',
    label: 'Authorised',
    material: true,
    show: ({ authorisation }) => (authorisation ? 'Yes' : 'No'),
  },
  {
    field: 'authorisation.by.number',
    label: 'Authorised by (number)',
    material: true,
    show: ({ authorisation }) => (authorisation ? number(authorisation.by) : NONE),
  },
  {
    field: 'authorisation.by.name',
    label: 'Authorised by (name)',
    material: true,
    show: ({ authorisation }) => text(authorisation?.by.name ?? null),
  },
  {
    field: 'authorisation.on',
    label: 'Authorised on',
    material: true,
    show: ({ authorisation }) => day(authorisation?.on ?? null),
  },
  {
    field: 'lineManager.number',
    label: 'Line manager (number)',
    material: false,
    show: (form) => number(form.lineManager),
  },
  {
    field: 'lineManager.name',
    label: 'Line manager (name)',
    material: false,
    show: (form) => text(form.lineManager.name),
  },
  { field: 'justification', label: 'Reason', material: false, show: (form) => text(form.justification) },
  {
    field: 'attachments',
    label: 'Attachments',
    material: false,
    show: (form) => text(form.attachments.join(', ')),
  },
  { field: 'submittedAt', label: 'Submitted', material: false, show: (form) => day(form.submittedAt) },
];

const NONE = '(none)';

/** Field by field, only what differs as a reader would see it; in the order of the form. */
export function formDifference(before: OneFormContent, after: OneFormContent): readonly FieldDifference[] {
  return FIELDS.map(({ field, label, material, show }) => ({
    field,
    label,
    material,
    before: show(before),
    after: show(after),
  })).filter((one) => one.before !== one.after);
}

/**
 * What a new version does to the request: nothing, or back to the start, or a sentence for somebody to act on. A step
 * already taken in ESR is never taken back by a file (design: "silence never decides").
 */
export function effectOfRevision(
  status: RequestStatus,
  differences: readonly FieldDifference[],
): RevisionEffect {
  const material = differences.filter((one) => one.material).map((one) => one.label.toLowerCase());
  const changed = material.join(', ');
  switch (status) {
    case 'unmatched':
    case 'new':
      return { kind: 'keep' };
    case 'returned':
      // A corrected form is the answer to the return, whichever field it corrects.
      return differences.length === 0
        ? { kind: 'keep' }
        : {
            kind: 'back-to-new',
            sentence: 'A corrected form has come in, so the request is to be checked again.',
          };
    case 'with-guardian':
    case 'authorised':
    case 'approved':
      return material.length === 0
        ? { kind: 'keep' }
        : {
            kind: 'back-to-new',
            sentence: `The form changed (${changed}), so the request is to be checked and authorised again.`,
          };
    case 'keyed':
    case 'not-seen':
    case 'verified':
      return material.length === 0
        ? { kind: 'keep' }
        : {
            kind: 'look',
            sentence: `The form changed (${changed}) after the access was keyed. Next: ask the requester whether the access is still right.`,
          };
    case 'withdrawn':
      return material.length === 0
        ? { kind: 'keep' }
        : {
            kind: 'look',
            sentence: `The form changed (${changed}) after the request was withdrawn. Next: reopen it if it is wanted again.`,
          };
    default:
      return unreachable(status);
  }
}

function text(value: string | null): string {
  return value?.trim() || NONE;
}

/** Another spelling of the number that was there is no change. */
function number(person: FormPerson): string {
  const read = readStaffNumber(person.number);
  if (read.kind === 'unknown') return text(person.number);
  return read.postWritten ? `${read.number}-${read.post}` : read.number;
}

function day(value: string | null): string {
  if (value === null) return NONE;
  return value.length > 10 ? showInstant(value) : showDate(value);
}

function unreachable(never: never): never {
  throw new Error(`no such status: ${String(never)}`);
}
