import { LAST_DAYS, NO_POST, NOT_STAFF } from '../../electron/domain/people/posts.ts';

/** SQL made of the same words as the rules of `domain/people/posts.ts`; a test asks both about the same rows. */

const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const anyLike = (column: string, patterns: readonly string[]): readonly string[] =>
  patterns.map((pattern) => `trim(coalesce(${column}, '')) like ${quoted(pattern)}`);

/** SQL for "in force on @today" of a table's effective-dated rows. */
export const inForce = (t: string): string =>
  `${t}.until_import_id is null and ${t}.effective_from <= @today and (${t}.effective_to is null or ${t}.effective_to >= @today)`;

/** Whether an assignment's words make it no post, whatever the day. */
const noPostByWords = (t: string): string =>
  // Nearly every row is a plain one, and is told by three comparisons instead of forty patterns.
  `case when ${t}.assignment_type = 'E' and ${t}.system_status = 'ACTIVE_ASSIGN' and ${t}.user_status = 'Active Assignment'
    then 0 else (${anyNoPostWord(t)}) end`;

const anyNoPostWord = (t: string): string =>
  Object.values(NO_POST)
    .flatMap((words) =>
      Object.entries(words).flatMap(([name, patterns]) => anyLike(`${t}.${snake(name)}`, patterns)),
    )
    .join(' or ');

/** Whether an assignment is a post on @today. */
export const currentAssignment = (t: string): string => {
  const days = Object.keys(LAST_DAYS)
    .filter((name) => name !== 'effectiveTo')
    .map((name) => `coalesce(${t}.${snake(name)}, @today) >= @today`);
  return `${inForce(t)} and ${days.join(' and ')} and not (${noPostByWords(t)})`;
};

/** Whether somebody is one of the staff on @today by their own record, whatever their assignments. */
export const onTheStaff = (t: string): string =>
  `coalesce(${t}.termination_date, @today) >= @today and not (case when trim(coalesce(${t}.system_person_type, '')) <> ''
    then ${anyLike(`${t}.system_person_type`, NOT_STAFF.systemPersonType).join(' or ')}
    else ${anyLike(`${t}.user_person_type`, NOT_STAFF.userPersonType).join(' or ')} end)`;

/** Whether an assignment counts as somebody's direct report: a post, of somebody on the staff. */
export const isReport = (t: string): string =>
  `${currentAssignment(t)} and exists (select 1 from person rp where rp.person_id = ${t}.person_id and ${inForce('rp')} and ${onTheStaff('rp')})`;
