import {
  nhsMark,
  onePerson,
  type PersonRecord,
  smartcardMark,
} from '../../electron/domain/people/one-person.ts';
import type { Related } from '../../electron/services/ground/who-is-who.ts';
import type { StoreConnection } from '../connection.ts';

interface Row {
  readonly personId: string;
  readonly firstName: string | null;
  readonly preferredName: string | null;
  readonly lastName: string;
  readonly maidenName: string | null;
  readonly previousLastName: string | null;
  readonly hireDate: string | null;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly terminationDate: string | null;
  readonly smartcardUuid: string | null;
  readonly nhsUniqueId: string | null;
  readonly until: string | null;
  readonly statedFrom: number;
  readonly statedUntil: number;
}

const SHARED = (column: string) =>
  `select distinct person_id from person where ${column} in (
     select ${column} from person where ${column} is not null group by ${column} having min(person_id) <> max(person_id))`;

const ROWS = `select p.person_id as personId, p.first_name as firstName, p.preferred_name as preferredName, p.last_name as lastName,
    p.maiden_name as maidenName, p.previous_last_name as previousLastName, p.hire_date as hireDate,
    p.effective_from as effectiveFrom, p.effective_to as effectiveTo, p.termination_date as terminationDate, p.smartcard_uuid as smartcardUuid,
    p.nhs_unique_id as nhsUniqueId, p.until_import_id as until,
    coalesce((select i.rowid from import i where i.id = p.from_import_id), 0) as statedFrom,
    coalesce((select i.rowid from import i where i.id = p.until_import_id), 0) as statedUntil
  from person p
  where p.person_id in (${SHARED('smartcard_uuid')} union ${SHARED('nhs_unique_id')})
  order by p.person_id, p.row_id`;

/**
 * Who shares a smartcard or NHS unique id with whom, by two passes over two indexes; then the pure rule. Nearly nobody does, so the
 * tables are written whole.
 */
export function relatePeople(db: StoreConnection): Related {
  const byPerson = Map.groupBy(db.prepare<[], Row>(ROWS).iterate(), ({ personId }) => personId);
  const { canonical, doubted } = onePerson([...byPerson.values()].map(toRecord));
  db.prepare('delete from same_person').run();
  db.prepare('delete from doubted_person').run();
  const same = db.prepare('insert into same_person (person_id, canonical_id) values (?, ?)');
  for (const [personId, canonicalId] of canonical) same.run(personId, canonicalId);
  const doubt = db.prepare('insert into doubted_person (person_id, other_id) values (?, ?)');
  for (const [a, b] of doubted) {
    doubt.run(a, b);
    doubt.run(b, a);
  }
  return { joined: canonical.size, doubted };
}

/** What was said last counts: a value that was corrected says nothing more. */
function toRecord(rows: readonly Row[]): PersonRecord {
  const newest = rows.at(-1);
  if (newest === undefined) throw new Error('a person without a row');
  const standing = rows.filter(({ until }) => until === null);
  const said = standing.length > 0 ? standing : rows.filter(({ until }) => until === newest.until);
  const marks = said.flatMap(({ smartcardUuid, nhsUniqueId }) => [
    smartcardMark(smartcardUuid),
    nhsMark(nhsUniqueId),
  ]);
  const latest = said.toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom)).at(-1) ?? newest;
  return {
    personId: newest.personId,
    names: said.flatMap(namesIn),
    from: said.map(({ hireDate, effectiveFrom }) => hireDate ?? effectiveFrom).toSorted()[0] ?? '',
    to: latest.terminationDate ?? latest.effectiveTo,
    stated: statedBy(rows, said, latest),
    marks: marks.filter((mark) => mark !== null),
  };
}

/** A full file states no longer what it leaves out; a changes file deletes it, which leaves the row with an end. */
function statedBy(rows: readonly Row[], said: readonly Row[], latest: Row): PersonRecord['stated'] {
  const from = Math.min(...rows.map(({ statedFrom }) => statedFrom));
  if (latest.until !== null) return { from, until: Math.max(...said.map(({ statedUntil }) => statedUntil)) };
  const deletedBy = latest.effectiveTo !== null && latest.statedFrom > from ? latest.statedFrom : null;
  return { from, until: deletedBy };
}

/** Every first name with every last name they have or had. */
function namesIn(row: Row): PersonRecord['names'] {
  const lasts = [row.lastName, row.maidenName, row.previousLastName].filter((name) => name !== null);
  const firsts = [row.firstName, row.preferredName].filter((name) => name !== null && name !== '');
  const known = firsts.length > 0 ? firsts : [null];
  return lasts.flatMap((last) => known.map((first) => ({ first, last })));
}
