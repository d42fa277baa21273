import { foldText, withoutVpd } from '../../electron/domain/people/search-words.ts';
import type { StoreConnection } from '../connection.ts';
import { matchQuery } from './match-query.ts';

/** Among several words that are typed, one that so many user names begin with says too little. */
const FEW = 300;
/** Accounts of other trusts are there where people came from them; of more, the rest is found with the VPD typed. */
const MOST_VPDS = 20;
const LAST = '\u{10ffff}';

const between = (column: string) => `${column} >= r.value ->> '$[0]' and ${column} < r.value ->> '$[1]'`;

/** Employee numbers that any holdings, this or an earlier one, named with an account; by that index alone. */
export const NUMBERS_OF_ACCOUNTS = `select distinct h.employee_number from json_each(@ranges) r
  cross join holding h indexed by holding_username on ${between('upper(h.username)')}
  where h.employee_number <> '' limit @most`;

/** Where the people stand who have those numbers, or whose accounts were confirmed; each record of one person. */
export const PLACES_OF_ACCOUNTS = `with named (person_id) as (
    select p.person_id from json_each(@numbers) e cross join person p on p.employee_number = e.value
    union select c.person_id from json_each(@ranges) r cross join account_person c on ${between('c.username')}
      where c.person_id is not null),
  one (id) as (select coalesce((select s.canonical_id from same_person s where s.person_id = n.person_id), n.person_id) from named n),
  whole (id) as (select id from one union select s.person_id from one cross join same_person s on s.canonical_id = one.id)
  select n.place from whole cross join person_place n on n.person_id = whole.id order by n.place limit @most`;

/** Of some places those that the words find as well. */
const FOUND_AMONG = `select rowid from person_search
  where person_search match @match and rowid in (select value from json_each(@places)) order by rowid`;

const next = (from: string) =>
  `substr((select upper(username) from holding where upper(username) >= ${from} and upper(username) < ':' order by 1 limit 1), 1, 3)`;
const VPDS = `with recursive begun (vpd) as (
    select ${next("'0'")}
    union all select ${next(`begun.vpd || '${LAST}'`)} from begun where begun.vpd is not null)
  select vpd from begun where vpd glob '[0-9][0-9][0-9]'
    and exists (select 1 from holding where upper(username) >= begun.vpd || 'A' and upper(username) < begun.vpd || '[')
  limit ${MOST_VPDS}`;

/**
 * Finds people by the user names of their accounts, as far as they are typed, with the VPD or without: from the holdings themselves and
 * from what was confirmed, so that there is nothing to keep in step. `latest` tells one state of the imports from another.
 */
export function createAccountSearch(db: StoreConnection, latest: () => number | null) {
  const numbers = db.prepare<[object], string>(NUMBERS_OF_ACCOUNTS).pluck();
  const places = db.prepare<[object], number>(PLACES_OF_ACCOUNTS).pluck();
  const among = db.prepare<[object], number>(FOUND_AMONG).pluck();
  const listVpds = db.prepare<[], string>(VPDS).pluck();
  let known: { readonly after: number | null; readonly vpds: readonly string[] } | null = null;
  const vpds = (): readonly string[] => {
    const after = latest();
    if (known === null || known.after !== after) known = { after, vpds: listVpds.all() };
    return known.vpds;
  };
  const placesOf = (word: string, most: number): readonly number[] => {
    const typed = word.toUpperCase();
    const stems = new Set([typed, ...vpds().map((vpd) => `${vpd}${withoutVpd(typed)}`)]);
    const ranges = JSON.stringify([...stems].map((stem) => [stem, `${stem}${LAST}`]));
    const named = numbers.all({ ranges, most });
    return places.all({ ranges, numbers: JSON.stringify(named), most });
  };

  /** Places in order, `most` at the most. */
  return (text: string, most: number): readonly number[] => {
    const words = foldText(text)
      .split(/[\s,;()]+/)
      .filter((word) => word !== '');
    const [only] = words;
    if (only === undefined) return [];
    // Every account begins with three digits.
    if (words.length === 1) return /^\d{1,3}$/.test(only) ? [] : placesOf(only, most);
    return words.flatMap((word, at) => {
      const rest = matchQuery(words.filter((_, other) => other !== at).join(' '));
      if (rest === null || word.length < 3 || /^\d+$/.test(word)) return [];
      const theirs = placesOf(word, FEW + 1);
      if (theirs.length === 0 || theirs.length > FEW) return [];
      return among.all({ match: rest, places: JSON.stringify(theirs) });
    });
  };
}
