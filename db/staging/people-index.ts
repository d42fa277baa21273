import { nameOrder } from '../../electron/domain/people/name-order.ts';
import { personWords } from '../../electron/domain/people/search-words.ts';
import type { StoreConnection } from '../connection.ts';

/** Between two places of a whole index: so many newcomers find room between two people before all are placed anew. */
const ROOM = 1_024;
/** Above this share of everybody all are placed anew, which is no dearer then and makes room. */
const MOST_RENEWED = 0.2;
/** Part what SQL hands over as one text; ESR's own texts hold none of them. */
const ROW = '\u001d';
const KIND = '\u001e';
const VALUE = '\u001f';

const NAMES = [
  'last_name',
  'first_name',
  'middle_name',
  'preferred_name',
  'previous_last_name',
  'maiden_name',
] as const;

const inForce = (t: string) =>
  `${t}.effective_from <= @today AND (${t}.effective_to IS NULL OR ${t}.effective_to >= @today)`;

/** What a row of a person says of how they are found, as one text. */
const SAID = `${NAMES.map((name) => `coalesce(x.${name}, '')`).join(` || '${VALUE}' || `)}
          || '${KIND}' || x.employee_number || '${KIND}' || coalesce(x.office_email, '') || '${KIND}' || coalesce(x.smartcard_uuid, '')`;

/**
 * What each person of temp.person_again is found by and stands at. All that ever was theirs counts, a name or number of before as
 * well; whoever the register no longer states is left out. `own` says which rows are the person's.
 */
const gatherSql = (
  own: (t: string) => string,
  which: string,
): string => `INSERT INTO temp.person_found (person_id, name_order, words)
  SELECT g.person_id,
    (SELECT name_order(x.last_name, coalesce(nullif(x.preferred_name, ''), x.first_name), x.employee_number)
      FROM person x WHERE x.person_id = g.person_id AND x.until_import_id IS NULL
      ORDER BY (${inForce('x')}) DESC, x.effective_from DESC LIMIT 1),
    person_words(
      (SELECT group_concat(${SAID}, '${ROW}') FROM person x WHERE ${own('x')}),
      (SELECT group_concat(a.assignment_number, '${VALUE}') FROM assignment a WHERE ${own('a')}),
      (SELECT group_concat(h.username, '${VALUE}') FROM person x CROSS JOIN holding h ON h.employee_number = x.employee_number
        WHERE ${own('x')}),
      (SELECT group_concat(c.username, '${VALUE}') FROM account_person c WHERE ${own('c')}))
  FROM temp.person_again g
  WHERE ${which} AND EXISTS (SELECT 1 FROM person x WHERE x.person_id = g.person_id AND x.until_import_id IS NULL)`;

/** Most people have one row and never had another: it is read once, and an assignment number that is theirs is not read again. */
const GATHER_PLAIN = `INSERT INTO temp.person_found (person_id, name_order, words)
  SELECT g.person_id, name_order(x.last_name, coalesce(nullif(x.preferred_name, ''), x.first_name), x.employee_number),
    person_words(${SAID},
      (SELECT group_concat(a.assignment_number, '${VALUE}') FROM assignment a
        WHERE a.person_id = g.person_id AND a.assignment_number <> x.employee_number),
      (SELECT group_concat(h.username, '${VALUE}') FROM holding h WHERE h.employee_number = x.employee_number),
      (SELECT group_concat(c.username, '${VALUE}') FROM account_person c WHERE c.person_id = g.person_id))
  FROM temp.person_again g CROSS JOIN person x ON x.person_id = g.person_id AND x.until_import_id IS NULL
  WHERE NOT EXISTS (SELECT 1 FROM temp.person_member m WHERE m.person_id = g.person_id)
    AND (SELECT count(*) FROM (SELECT 1 FROM person y WHERE y.person_id = g.person_id LIMIT 2)) = 1`;

/** Nearly everybody has one record; of the others each is found by what all of theirs say (temp.person_member). */
const OTHERS = 'SELECT m.member_id FROM temp.person_member m WHERE m.person_id = g.person_id';
const GATHER_ONE = gatherSql(
  (t) => `${t}.person_id = g.person_id`,
  `NOT EXISTS (${OTHERS}) AND NOT EXISTS (SELECT 1 FROM temp.person_found f WHERE f.person_id = g.person_id)`,
);
const GATHER_SEVERAL = gatherSql((t) => `${t}.person_id IN (${OTHERS})`, `EXISTS (${OTHERS})`);

/**
 * Brings the index of people up to date for those whom an import said something of, within its transaction. `today` decides which of
 * somebody's dated rows names them. The people touched stay in temp.person_again.
 */
export function renewPeopleIndex(db: StoreConnection, importId: string, today: string): void {
  const about = (t: string) => `${t}.from_import_id = @importId OR ${t}.until_import_id = @importId`;
  emptyTables(db);
  db.prepare(
    `INSERT OR IGNORE INTO temp.person_again (person_id)
       SELECT p.person_id FROM person p WHERE ${about('p')}
       UNION SELECT a.person_id FROM assignment a WHERE ${about('a')}
       UNION SELECT p.person_id FROM holding h JOIN person p ON p.employee_number = h.employee_number WHERE ${about('h')}
       UNION SELECT c.person_id FROM holding h JOIN account_person c ON c.username = h.username
         WHERE c.person_id IS NOT NULL AND (${about('h')})`,
  ).run({ importId });
  // What was said of one record is true of the others of the same person.
  db.exec(`INSERT OR IGNORE INTO temp.person_again (person_id)
    SELECT other.person_id FROM same_person own JOIN same_person other ON other.canonical_id = own.canonical_id
      WHERE own.person_id IN (SELECT person_id FROM temp.person_again)
        OR own.canonical_id IN (SELECT person_id FROM temp.person_again);
    INSERT OR IGNORE INTO temp.person_again (person_id)
      SELECT canonical_id FROM same_person WHERE person_id IN (SELECT person_id FROM temp.person_again);`);
  const touched = count(db, 'temp.person_again');
  if (touched === 0) return;
  const placed = touched <= count(db, 'person_place') * MOST_RENEWED && placeTouched(db, today);
  if (!placed) placeEverybody(db, today);
}

/** Writes the whole index, also where there never was one. Within the caller's transaction. */
export function placeEverybody(db: StoreConnection, today: string): void {
  emptyTables(db);
  db.exec(`INSERT INTO temp.person_again (person_id) SELECT DISTINCT person_id FROM person WHERE until_import_id IS NULL;
    DELETE FROM person_place;
    INSERT INTO person_search (person_search) VALUES ('delete-all');`);
  gather(db, today);
  db.exec(`INSERT INTO person_place (place, person_id, name_order)
      SELECT ${ROOM} * row_number() OVER (ORDER BY name_order, person_id), person_id, name_order FROM temp.person_found;`);
  writeWords(db);
}

/** Those touched anew, everybody else as they stand. False where there is no room between two people. */
function placeTouched(db: StoreConnection, today: string): boolean {
  gather(db, today);
  db.exec(`DELETE FROM person_search WHERE rowid IN
      (SELECT n.place FROM temp.person_again g JOIN person_place n ON n.person_id = g.person_id);
    DELETE FROM person_place WHERE person_id IN (SELECT person_id FROM temp.person_again)
      AND NOT EXISTS (SELECT 1 FROM temp.person_found f WHERE f.person_id = person_place.person_id AND f.name_order = person_place.name_order);`);
  const fresh = db
    .prepare<[], Placed>(
      `SELECT f.person_id AS personId, f.name_order AS nameOrder FROM temp.person_found f
       WHERE NOT EXISTS (SELECT 1 FROM person_place n WHERE n.person_id = f.person_id)
       ORDER BY f.name_order, f.person_id`,
    )
    .all();
  if (!placeBetween(db, fresh)) return false;
  writeWords(db);
  return true;
}

interface Placed {
  readonly personId: string;
  readonly nameOrder: string;
}

/** Newcomers in order, spread over the room between those whom they stand between. */
function placeBetween(db: StoreConnection, fresh: readonly Placed[]): boolean {
  const before = db
    .prepare<[Placed], number>(
      `SELECT place FROM person_place WHERE (name_order, person_id) < (@nameOrder, @personId)
       ORDER BY name_order DESC, person_id DESC LIMIT 1`,
    )
    .pluck();
  const after = db.prepare<[number], Placed & { place: number }>(
    `SELECT place, person_id AS personId, name_order AS nameOrder FROM person_place WHERE place > ? ORDER BY place LIMIT 1`,
  );
  const insert = db.prepare('INSERT INTO person_place (place, person_id, name_order) VALUES (?, ?, ?)');
  for (let at = 0; at < fresh.length; ) {
    const first = fresh[at];
    if (first === undefined) break;
    const low = before.get(first) ?? 0;
    const high = after.get(low);
    const run = fresh.slice(at).findIndex((one) => high !== undefined && !isBefore(one, high));
    const size = run === -1 ? fresh.length - at : run;
    const step = high === undefined ? ROOM : Math.floor((high.place - low) / (size + 1));
    if (step < 1) return false;
    for (const [i, { personId, nameOrder: order }] of fresh.slice(at, at + size).entries()) {
      insert.run(low + step * (i + 1), personId, order);
    }
    at += size;
  }
  return true;
}

/** As SQLite compares texts: byte by byte. */
const isBefore = (a: Placed, b: Placed): boolean =>
  (Buffer.compare(Buffer.from(a.nameOrder), Buffer.from(b.nameOrder)) ||
    Buffer.compare(Buffer.from(a.personId), Buffer.from(b.personId))) < 0;

function emptyTables(db: StoreConnection): void {
  db.function('name_order', { deterministic: true }, (last, first, number) =>
    nameOrder(text(last), text(first), text(number)),
  );
  db.function('person_words', { deterministic: true }, (people, assignments, usernames, accounts) =>
    wordsOf(text(people), text(assignments), `${text(usernames)}${VALUE}${text(accounts)}`),
  );
  db.exec(`DROP TABLE IF EXISTS temp.person_again;
    DROP TABLE IF EXISTS temp.person_found;
    DROP TABLE IF EXISTS temp.person_member;
    CREATE TEMP TABLE person_member (person_id TEXT, member_id TEXT, PRIMARY KEY (person_id, member_id)) WITHOUT ROWID;
    CREATE TEMP TABLE person_again (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE person_found (person_id TEXT PRIMARY KEY, name_order TEXT NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;`);
}

/** Who is one with others; the canonical record as well. */
const RECORDS =
  'SELECT person_id, canonical_id FROM same_person UNION SELECT canonical_id, canonical_id FROM same_person';

function gather(db: StoreConnection, today: string): void {
  db.exec(`DELETE FROM temp.person_found;
    DELETE FROM temp.person_member;
    INSERT INTO temp.person_member (person_id, member_id)
      SELECT own.person_id, other.person_id FROM (${RECORDS}) own JOIN (${RECORDS}) other ON other.canonical_id = own.canonical_id
      WHERE own.person_id IN (SELECT person_id FROM temp.person_again);`);
  db.prepare(GATHER_PLAIN).run();
  db.prepare(GATHER_ONE).run({ today });
  db.prepare(GATHER_SEVERAL).run({ today });
}

/** In order of place, as FTS5 takes rows without setting one aside. */
function writeWords(db: StoreConnection): void {
  db.exec(`INSERT INTO person_search (rowid, words)
    SELECT n.place, f.words FROM temp.person_found f JOIN person_place n ON n.person_id = f.person_id ORDER BY n.place`);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function wordsOf(people: string, assignments: string, usernames: string): string {
  const rows = people.split(ROW).map((row) => row.split(KIND));
  const column = (at: number) => rows.map((row) => row[at] ?? '');
  const values = (joined: string) => [...new Set(joined.split(VALUE))].filter((value) => value !== '');
  return personWords({
    names: values(column(0).join(VALUE)),
    numbers: values([...column(1), assignments].join(VALUE)),
    emails: values(column(2).join(VALUE)),
    smartcardUuids: values(column(3).join(VALUE)),
    usernames: values(usernames),
  }).join(' ');
}

const count = (db: StoreConnection, table: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
