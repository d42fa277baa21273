import type { LikelyPerson } from '../../electron/domain/people/account-proposal.ts';
import type {
  AccountRepository,
  ConfirmedAccount,
  EsrAccount,
} from '../../electron/services/ground/ports.ts';
import type { StoreConnection } from '../connection.ts';
import { keepStatements } from './kept-statements.ts';

/** Rows of the present holdings that name an account and no person: `holding_account` is their index. */
const ALONE = `holding h where h.employee_number = '' and h.until_import_id is null and upper(h.username) <> ''`;
const WAITS = `not exists (select 1 from account_person a where a.username = upper(h.username))`;
const FITS = `(@text = '' or instr(upper(h.username), upper(@text)) > 0)`;
const WAITING = `from ${ALONE} and ${WAITS} and ${FITS}`;

const CONFIRMED = `select a.username, a.person_id as personId, a.employee_number as employeeNumber,
    a.confirmed_at as confirmedAt, a.confirmed_by as confirmedBy,
    (select count(*) from ${ALONE} and upper(h.username) = a.username) as holdings
  from account_person a`;
const CONFIRMED_FITS = `where @text = '' or instr(a.username, upper(@text)) > 0 or instr(a.employee_number, @text) > 0`;

const STATED = `select h.employee_number as employeeNumber, max(i.taken_at) as takenAt
  from holding h left join import i on i.id = h.from_import_id
  where upper(h.username) = @username and h.employee_number <> '' group by h.employee_number order by takenAt desc`;

const LIKE = `select distinct p.employee_number as employeeNumber,
    trim(coalesce(nullif(p.preferred_name, ''), p.first_name, '') || ' ' || p.last_name) as name
  from person p
  where p.until_import_id is null and p.last_name >= @from and p.last_name < @to and upper(substr(p.first_name, 1, 1)) = @initial
  limit 5`;

export function createAccountRepository(db: StoreConnection): AccountRepository {
  const kept = keepStatements(db);
  return {
    listToConfirm: (text, { offset, limit }) => ({
      total:
        kept.value<number>(`select count(*) from (select 1 ${WAITING} group by upper(h.username))`, {
          text,
        }) ?? 0,
      rows: kept.all<EsrAccount>(
        `select upper(h.username) as username, count(*) as holdings ${WAITING}
         group by upper(h.username) order by 1 limit @limit offset @offset`,
        { text, limit, offset },
      ),
    }),
    listConfirmed: (text, { offset, limit }) => ({
      total: kept.value<number>(`select count(*) from account_person a ${CONFIRMED_FITS}`, { text }) ?? 0,
      rows: kept.all<ConfirmedAccount>(
        `${CONFIRMED} ${CONFIRMED_FITS} order by a.username limit @limit offset @offset`,
        {
          text,
          limit,
          offset,
        },
      ),
    }),
    confirmed: (username) =>
      kept.get<ConfirmedAccount>(`${CONFIRMED} where a.username = @username`, { username }) ?? null,
    statedFor: (username) => kept.all(STATED, { username }),
    waiting: () => {
      const rows = kept.all<{ username: string; employeeNumber: string | null }>(
        `select distinct w.username, s.employee_number as employeeNumber
         from (select distinct upper(h.username) as username ${WAITING}) w
         left join holding s on upper(s.username) = w.username and s.employee_number <> ''
         order by w.username`,
        { text: '' },
      );
      const byName = Map.groupBy(rows, ({ username }) => username);
      return [...byName].map(([username, stated]) => ({
        username,
        employeeNumbers: stated.flatMap(({ employeeNumber }) => employeeNumber ?? []),
      }));
    },
    peopleLike: (initial, last) =>
      // By the index of last names, which knows case: as ESR writes them, and all in capitals.
      [last.charAt(0) + last.slice(1).toLowerCase(), last].flatMap((from) =>
        kept.all<LikelyPerson>(LIKE, { initial, from, to: `${from}\u{10ffff}` }),
      ),
    confirm: ({ username, personId, employeeNumber, confirmedAt, confirmedBy }) => {
      db.prepare(
        `insert into account_person (username, person_id, employee_number, confirmed_at, confirmed_by) values (?, ?, ?, ?, ?)
         on conflict (username) do update set person_id = excluded.person_id, employee_number = excluded.employee_number,
           confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by`,
      ).run(username, personId, employeeNumber, confirmedAt, confirmedBy);
    },
    undo: (username) => db.prepare('delete from account_person where username = ?').run(username).changes > 0,
  };
}
