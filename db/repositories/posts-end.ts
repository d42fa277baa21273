import type { IsoDate } from '../../electron/domain/dates.ts';
import type { PersonKey } from '../../electron/domain/people/person-key.ts';
import { lastDayOfPosts, type PostRow } from '../../electron/domain/people/posts.ts';
import type { WhoIsWho } from '../../electron/services/ground/who-is-who.ts';
import type { StoreConnection } from '../connection.ts';
import { once } from './kept-statements.ts';

const POSTS = `select assignment_number as assignmentNumber, assignment_type as assignmentType, system_status as systemStatus,
    user_status as userStatus, effective_from as effectiveFrom, effective_to as effectiveTo,
    assignment_end_date as assignmentEndDate, last_working_day as lastWorkingDay, contract_end_date as contractEndDate
  from json_each(?) n cross join assignment a on a.person_id = n.value and a.until_import_id is null`;
/** Null where a record of the person goes on. */
const TERMINATED = `select case when count(*) = count(termination_date) then max(termination_date) end
  from json_each(?) n cross join person p on p.person_id = n.value and p.until_import_id is null`;

/** The last day of a person's posts as the register has them; see the domain's `lastDayOfPosts`. */
export function createPostsEnd(
  db: StoreConnection,
  who: Pick<WhoIsWho, 'namesOf'>,
): (person: PersonKey, day: IsoDate) => IsoDate | null {
  const posts = once(() => db.prepare<[string], PostRow & { readonly assignmentNumber: string }>(POSTS));
  const terminated = once(() => db.prepare<[string], string | null>(TERMINATED).pluck());
  return (person, day) => {
    const ids = JSON.stringify(who.namesOf(person).personIds);
    return lastDayOfPosts(posts().all(ids), terminated().get(ids) ?? null, day);
  };
}
