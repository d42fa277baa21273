import { FieldReader, identifier, parseRecord } from './go-fields.ts';
import {
  assignmentColumns as A,
  ESR_GO,
  type GoProfile,
  locationColumns as L,
  organisationColumns as O,
  personColumns as P,
  positionColumns as S,
} from './go-layout.ts';
import type { GoEntity, GoRecord } from './go-record.ts';
import { parseGoTimestamp } from './source-dates.ts';

/** What a row was about, where that can be told: its present register row is then left alone. */
export interface About {
  readonly entity: GoEntity | null;
  readonly id: string | null;
  /** Person id of an assignment's row: ESR has the person still, whatever else the row says. */
  readonly person: string | null;
}

export type GoRow =
  | {
      readonly kind: 'record';
      readonly type: string;
      readonly fields: number;
      /** It ends in blank fields more than are known, and what is known stands in its places. */
      readonly blankEnd: boolean;
      readonly record: GoRecord;
    }
  | { readonly kind: 'delete'; readonly type: string; readonly entity: GoEntity; readonly id: string }
  /** A record that is read and dropped: costing, home address, telephone, vehicle. */
  | { readonly kind: 'dropped'; readonly type: string }
  /** A record type that this program does not know or has no use for. */
  | { readonly kind: 'other'; readonly type: string }
  /** Well formed, and about nobody who works here: an applicant has no employee number yet. */
  | ({ readonly kind: 'passed'; readonly type: string; readonly holds: boolean } & About)
  | ({
      readonly kind: 'failed';
      readonly recordType: string;
      readonly reason: string;
      /** The row stops early: a line that begins with no type may be the rest of it. */
      readonly short: boolean;
    } & About);

/** One line of the file's body. Never throws; never quotes a value in a reason. */
export function parseGoRow(line: string, profile: GoProfile = ESR_GO): GoRow {
  const type = line.slice(0, 3);
  if (!isAt(line, 3, profile.delimiter)) return parseUntyped(line, profile);
  const layout = Object.hasOwn(profile.records, type) ? profile.records[type] : undefined;
  if (layout === undefined) return parseOther(line, type, profile);
  // Not even cut into fields: there are more of these rows than of those that are kept.
  if (layout.entity === null) return { kind: 'dropped', type };
  const fields = line.split(profile.delimiter);
  const id = identifier(fields[ID_COLUMN[layout.entity]]);
  if (fields.length < layout.needed) {
    const reason = `It has ${fields.length} fields instead of ${layout.needed}.`;
    return { ...failed(type, reason, layout.entity, id, fields), short: true };
  }
  return parseKept(layout.entity, type, fields, id, profile);
}

const isAt = (line: string, at: number, delimiter: string): boolean =>
  line.length === at || line.startsWith(delimiter, at);

const ID_COLUMN = {
  location: L.locationId,
  organisation: O.organisationId,
  position: S.positionId,
  person: P.personId,
  assignment: A.assignmentId,
} as const satisfies Record<GoEntity, number>;

const NO_TYPE: GoRow = failed('???', 'It does not begin with a type of row.', null, null);

/** A line that begins with no type; one in small letters or behind blanks is still what it says. */
function parseUntyped(line: string, profile: GoProfile): GoRow {
  const trimmed = line.trimStart();
  if (trimmed !== line && isAt(trimmed, 3, profile.delimiter)) return parseGoRow(trimmed, profile);
  return NO_TYPE;
}

function parseOther(line: string, type: string, profile: GoProfile): GoRow {
  const upper = type.toUpperCase();
  if (!/^[A-Z][A-Z0-9]{2}$/.test(upper)) return NO_TYPE;
  if (upper !== type) return parseGoRow(upper + line.slice(3), profile);
  return type.endsWith('D') ? parseDelete(line, type, profile) : { kind: 'other', type };
}

/** `XXD~id` takes back what `XXA` states. */
function parseDelete(line: string, type: string, profile: GoProfile): GoRow {
  const adds = `${type.slice(0, 2)}A`;
  const layout = Object.hasOwn(profile.records, adds) ? profile.records[adds] : undefined;
  if (layout === undefined) return { kind: 'other', type };
  if (layout.entity === null) return { kind: 'dropped', type };
  const id = identifier(line.split(profile.delimiter)[1]);
  if (id === null) return failed(type, 'It has no identifier.', layout.entity, null);
  return { kind: 'delete', type, entity: layout.entity, id };
}

function parseKept(
  entity: GoEntity,
  type: string,
  fields: readonly string[],
  id: string | null,
  profile: GoProfile,
): GoRow {
  if (id === null) return failed(type, 'It has no identifier.', entity, null, fields);
  const reader = new FieldReader(fields, profile);
  const applicant = isApplicant(entity, reader);
  if (applicant !== null) return { kind: 'passed', type, holds: !applicant, entity, id, person: null };
  const record = parseRecord(entity, reader, id);
  if (reader.fault !== null) return failed(type, reader.fault, entity, id, fields);
  const known = profile.records[type]?.known ?? fields.length;
  const stands = fields.length > known ? marksStand(entity, fields, known) : null;
  if (stands === 'later') {
    const reason = `It has ${fields.length} fields instead of ${known}, and what stands in the middle has moved: a ~ stands in one of them.`;
    return failed(type, reason, entity, id, fields);
  }
  // A ~ at the end of a row that is in its places moves nothing.
  const blankEnd = stands === 'in-place' && fields.slice(known).every((field) => field.trim() === '');
  return { kind: 'record', type, fields: fields.length, blankEnd, record };
}

const isTime = (field: string) => parseGoTimestamp(field) !== null;
const isPersonType = (field: string) => /^(?:EX_)?(?:EMP|CWK|APL|OTHER)(?:_APL|_EMP)?$/i.test(field);
const isYesOrNo = (field: string) => /^(?:Y|N|YES|NO)$/i.test(field);

/** Fields that are told from others by what stands in them (domain.md, GO layout); the last is the time of ESR's last change. */
const MARKS = {
  location: [[21, isTime]],
  organisation: [[13, isTime]],
  position: [[22, isTime]],
  person: [
    [P.systemPersonType, isPersonType],
    [38, isTime],
  ],
  assignment: [
    [A.primaryAssignment, isYesOrNo],
    [44, isTime],
  ],
} as const satisfies Record<GoEntity, readonly (readonly [at: number, is: (field: string) => boolean])[]>;

/**
 * A row with more fields than are known has grown at its end, or a `~` in a text has moved what stands behind it: then a mark stands
 * later than it should. Null where no mark tells.
 */
function marksStand(entity: GoEntity, fields: readonly string[], known: number): 'in-place' | 'later' | null {
  const extra = fields.length - known;
  let last = false;
  for (const [at, is] of MARKS[entity]) {
    last = is(fields[at]?.trim() ?? '');
    const moved = fields.slice(at + 1, at + 1 + extra).some((field) => is(field.trim()));
    if (!last && moved) return 'later';
  }
  return last ? 'in-place' : null;
}

/**
 * Null for a row with a number. Without one it is an applicant's, and passed over: true where it says so itself; false where
 * it does not, so that it takes nothing away from somebody whom the register knows.
 */
function isApplicant(entity: GoEntity, r: FieldReader): boolean | null {
  if (entity === 'person' && r.text(P.employeeNumber) === null) {
    return /^(EX_)?APL$/i.test(r.text(P.systemPersonType) ?? '');
  }
  if (entity !== 'assignment' || r.text(A.assignmentNumber) !== null) return null;
  // An employee's assignment without its number is a fault, and said as one.
  const says = r.text(A.assignmentType)?.toUpperCase() === 'A' || /APL$/i.test(r.text(A.systemStatus) ?? '');
  return says ? true : null;
}

function failed(
  recordType: string,
  reason: string,
  entity: GoEntity | null,
  id: string | null,
  fields: readonly string[] = [],
) {
  const person = entity === 'assignment' ? identifier(fields[A.personId]) : null;
  return { kind: 'failed', recordType, reason, short: false, entity, id, person } as const;
}
