import type { IsoDate } from '../../electron/domain/dates.ts';
import type { Slice } from '../../electron/services/ground/ports.ts';
import type { PeopleFound, PersonSummary } from '../../electron/services/ground/register-reader.ts';
import type { StoreConnection } from '../connection.ts';
import { matchQuery } from './match-query.ts';
import { currentAssignment, inForce, onTheStaff } from './post-sql.ts';
import { createAccountSearch } from './search-accounts.ts';

/** Whom a search finds is counted up to so many: nobody reads on, and counting further would take as long as it finds. */
export const MOST_FOUND = 1_000;

const fullName = (t: string) =>
  `trim(coalesce(nullif(${t}.preferred_name, ''), ${t}.first_name, '') || ' ' || ${t}.last_name)`;

/** Places in order of names; FTS5 answers by its row, which is the place. */
export const FOUND =
  'select rowid from person_search where person_search match @match order by rowid limit @most';
export const EVERYBODY = 'select place from person_place order by place limit @limit offset @offset';

/** Of each person the row in force today, else the nearest; and their first post. */
export const SHOWN = `select p.person_id as personId, ${fullName('p')} as name, p.employee_number as employeeNumber,
    a.position_name as position, o.name as organisation, (${inForce('p')} and ${onTheStaff('p')} and a.row_id is not null) as current
  from json_each(@places) j
  cross join person_place n on n.place = j.value
  cross join person p on p.row_id = (select x.row_id from person x where x.person_id = n.person_id and x.until_import_id is null
    order by (${inForce('x')}) desc, x.effective_from desc limit 1)
  left join assignment a on a.row_id = (select x.row_id from assignment x where x.person_id = p.person_id and ${currentAssignment('x')}
    order by upper(coalesce(x.primary_assignment, '')) in ('Y', 'YES') desc, x.assignment_number limit 1)
  left join organisation o on o.organisation_id = a.organisation_id and ${inForce('o')}
  order by n.place`;

type Row = Omit<PersonSummary, 'current'> & { readonly current: number };

/** Finds people of the register, in the order of their names (docs/decisions/0025-finding-people.md). */
export function createPeopleSearch(db: StoreConnection) {
  const found = db.prepare<[object], number>(FOUND).pluck();
  const everybody = db.prepare<[object], number>(EVERYBODY).pluck();
  const shown = db.prepare<[object], Row>(SHOWN);
  const count = db.prepare<[], number>('select count(*) from person_place').pluck();
  const latest = db.prepare<[], number | null>('select max(rowid) from import').pluck();
  const byAccount = createAccountSearch(db, () => latest.get() ?? null);
  let counted: { readonly after: number | null; readonly total: number } | null = null;

  /** How many the register states: it changes with an import only. */
  const countEverybody = (): number => {
    const after = latest.get() ?? null;
    if (counted === null || counted.after !== after) counted = { after, total: count.get() ?? 0 };
    return counted.total;
  };
  const show = (places: readonly number[], today: IsoDate): readonly PersonSummary[] =>
    shown
      .all({ places: JSON.stringify(places), today })
      .map((row) => ({ ...row, current: row.current === 1 }));

  return (text: string, today: IsoDate, { offset, limit }: Slice): PeopleFound => {
    if (text.trim() === '') {
      const rows = show(everybody.all({ limit, offset }), today);
      return { total: countEverybody(), more: false, rows };
    }
    const match = matchQuery(text);
    if (match === null) return { total: 0, more: false, rows: [] };
    const byWords = found.all({ match, most: MOST_FOUND + 1 });
    // Where names alone are more than are counted, nobody reads on to an account.
    const byName = byWords.length > MOST_FOUND ? [] : byAccount(text, MOST_FOUND + 1);
    const places =
      byName.length === 0 ? byWords : [...new Set([...byWords, ...byName])].toSorted((a, b) => a - b);
    return {
      total: Math.min(places.length, MOST_FOUND),
      more: places.length > MOST_FOUND,
      rows: show(places.slice(0, MOST_FOUND).slice(offset, offset + limit), today),
    };
  };
}
