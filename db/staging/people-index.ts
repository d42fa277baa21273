import { nameOrderOfMany } from '../../electron/domain/people/name-order.ts';
import { type FindablePerson, personWordsOfMany } from '../../electron/domain/people/search-words.ts';
import { withoutIndexes } from '../bulk-load.ts';
import type { StoreConnection } from '../connection.ts';

/** Between two places of a whole index: so many newcomers find room between two people before all are placed anew. */
const ROOM = 1_024;
/** Above this share of everybody all are placed anew, which is no dearer then and makes room. */
const MOST_RENEWED = 0.2;
/** Part what SQL hands over as one text; ESR's own texts hold none of them. */
const ROW = '\u001d';
const KIND = '\u001e';
const VALUE = '\u001f';

/** Temporary tables, in memory; they stay until the next import or until the staging is cleared. */
export const PEOPLE_INDEX_TABLES = [
  'person_again',
  'person_found',
  'person_member',
  'person_rows',
  'person_rank',
  'person_post',
] as const;

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
 * What each person of `whom` is found by and stands at. All that ever was theirs counts, a name or number of before as well;
 * whoever the register no longer states is left out. `own` says which rows are the person's.
 */
const gatherSql = (
  whom: string,
  own: (t: string) => string,
): string => `INSERT INTO temp.person_found (person_id, name_order, words)
  SELECT g.person_id,
    (SELECT name_order(x.last_name, coalesce(nullif(x.preferred_name, ''), x.first_name), x.employee_number)
      FROM person x WHERE x.person_id = g.person_id AND x.until_import_id IS NULL
      ORDER BY (${inForce('x')}) DESC, x.effective_from DESC LIMIT 1),
    person_words(
      (SELECT group_concat(${SAID}, '${ROW}') FROM person x WHERE ${own('x')}),
      (SELECT group_concat(a.assignment_number, '${VALUE}') FROM assignment a WHERE ${own('a')}))
  FROM ${whom} g
  WHERE EXISTS (SELECT 1 FROM person x WHERE x.person_id = g.person_id AND x.until_import_id IS NULL)`;

/** Most people have one row and never had another: it is read once, and an assignment number that is theirs is not read again. */
const gatherPlainSql = (
  from: string,
  posts: string,
): string => `INSERT INTO temp.person_found (person_id, name_order, words)
  SELECT x.person_id, name_order(x.last_name, coalesce(nullif(x.preferred_name, ''), x.first_name), x.employee_number),
    one_row_words(${[...NAMES, 'employee_number', 'office_email', 'smartcard_uuid'].map((column) => `x.${column}`).join(', ')},
      (SELECT group_concat(a.assignment_number, '${VALUE}') FROM ${posts} a
        WHERE a.person_id = x.person_id AND a.assignment_number <> x.employee_number))
  FROM ${from} x.until_import_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM temp.person_member m WHERE m.person_id = x.person_id)
    AND NOT EXISTS (SELECT 1 FROM temp.person_rows r WHERE r.person_id = x.person_id)`;
const GATHER_PLAIN = {
  touched: gatherPlainSql(
    'temp.person_again g CROSS JOIN person x ON x.person_id = g.person_id WHERE',
    'assignment',
  ),
  // In the order in which the rows lie, so that each page of the store is read once.
  everybody: gatherPlainSql('person x NOT INDEXED WHERE', 'temp.person_post'),
} as const;

/**
 * What else names whoever has one row, read in the order in which it lies: looked up for each person in turn, every page of a
 * large store would be decrypted many times.
 */
const GATHER_NAMES = `INSERT OR IGNORE INTO temp.person_post (person_id, assignment_number)
    SELECT a.person_id, a.assignment_number FROM assignment a NOT INDEXED
    WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.person_id = a.person_id AND p.employee_number = a.assignment_number);`;

/** Nearly everybody has one record; of the others each is found by what all of theirs say (temp.person_member). */
const GATHER_ROWS = gatherSql('temp.person_rows', (t) => `${t}.person_id = g.person_id`);
const GATHER_SEVERAL = gatherSql(
  '(SELECT DISTINCT person_id FROM temp.person_member)',
  (t) => `${t}.person_id IN (SELECT m.member_id FROM temp.person_member m WHERE m.person_id = g.person_id)`,
);

/** Whose index an import renewed: of those in temp.person_again, or of everybody. */
export type Renewed = keyof typeof GATHER_PLAIN;

/**
 * Brings the index of people up to date for those whom an import said something of, within its transaction. `today` decides which of
 * somebody's dated rows names them. The people touched stay in temp.person_again, unless it was everybody.
 */
export function renewPeopleIndex(db: StoreConnection, importId: string, today: string): Renewed {
  const known = count(db, 'person_place');
  const most = known * MOST_RENEWED;
  const about = (t: string) => `(${t}.from_import_id = @importId OR ${t}.until_import_id = @importId)`;
  // A first file names everybody: it is not asked one by one whom.
  if (known === 0) {
    placeEverybody(db, today);
    return 'everybody';
  }
  emptyTables(db);
  db.prepare(
    `INSERT OR IGNORE INTO temp.person_again (person_id)
       SELECT p.person_id FROM person p WHERE ${about('p')}
       UNION SELECT a.person_id FROM assignment a WHERE ${about('a')}`,
  ).run({ importId });
  // What was said of one record is true of the others of the same person.
  db.exec(`INSERT OR IGNORE INTO temp.person_again (person_id)
    SELECT other.person_id FROM same_person own JOIN same_person other ON other.canonical_id = own.canonical_id
      WHERE own.person_id IN (SELECT person_id FROM temp.person_again)
        OR own.canonical_id IN (SELECT person_id FROM temp.person_again);
    INSERT OR IGNORE INTO temp.person_again (person_id)
      SELECT canonical_id FROM same_person WHERE person_id IN (SELECT person_id FROM temp.person_again);`);
  const touched = count(db, 'temp.person_again');
  if (touched === 0) return 'touched';
  if (touched <= most && placeTouched(db, today)) return 'touched';
  placeEverybody(db, today);
  return 'everybody';
}

/** Writes the whole index, also where there never was one. Within the caller's transaction. */
export function placeEverybody(db: StoreConnection, today: string): void {
  emptyTables(db);
  gather(db, today, 'everybody');
  db.exec(`CREATE TEMP TABLE person_rank (place INTEGER PRIMARY KEY, found INTEGER NOT NULL);
    INSERT INTO temp.person_rank (place, found)
      SELECT ${ROOM} * row_number() OVER (ORDER BY name_order, person_id), rowid FROM temp.person_found;`);
  withoutIndexes(db, 'person_place', () => {
    db.exec(`DELETE FROM person_place;
      INSERT INTO person_place (place, person_id, name_order) SELECT k.place, f.person_id, f.name_order ${RANKED};`);
  });
  db.exec(`INSERT INTO person_search (person_search) VALUES ('delete-all');
    INSERT INTO person_search (rowid, words) SELECT k.place, f.words ${RANKED};
    DROP TABLE temp.person_rank;
    DROP TABLE temp.person_found;`);
}

const RANKED = 'FROM temp.person_rank k CROSS JOIN temp.person_found f ON f.rowid = k.found ORDER BY k.place';

/** Those touched anew, everybody else as they stand. False where there is no room between two people. */
function placeTouched(db: StoreConnection, today: string): boolean {
  gather(db, today, 'touched');
  db.exec(`CREATE INDEX temp.person_found_person ON person_found (person_id);
    DELETE FROM person_search WHERE rowid IN
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
  const nameOrder = nameOrderOfMany();
  const personWords = personWordsOfMany();
  db.function('name_order', { deterministic: true }, (last, first, number) =>
    nameOrder(text(last), text(first), text(number)),
  );
  db.function('person_words', { deterministic: true }, (people, assignments) =>
    personWords(findableOf(text(people), text(assignments))).join(' '),
  );
  db.function('one_row_words', { deterministic: true, varargs: true }, (...said) =>
    personWords(findableInOneRow(said)).join(' '),
  );
  for (const table of PEOPLE_INDEX_TABLES) db.exec(`DROP TABLE IF EXISTS temp.${table}`);
  db.exec(`CREATE TEMP TABLE person_rows (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE person_post (person_id TEXT, assignment_number TEXT, PRIMARY KEY (person_id, assignment_number)) WITHOUT ROWID;
    CREATE TEMP TABLE person_member (person_id TEXT, member_id TEXT, PRIMARY KEY (person_id, member_id)) WITHOUT ROWID;
    CREATE TEMP TABLE person_again (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE person_found (person_id TEXT NOT NULL, name_order TEXT NOT NULL, words TEXT NOT NULL);`);
}

/** Who is one with others; the canonical record as well. */
const RECORDS =
  'SELECT person_id, canonical_id FROM same_person UNION SELECT canonical_id, canonical_id FROM same_person';

/** Who has more than one row, of the past as well. */
const SEVERAL_ROWS = {
  touched: `SELECT g.person_id FROM temp.person_again g
    WHERE (SELECT count(*) FROM (SELECT 1 FROM person y WHERE y.person_id = g.person_id LIMIT 2)) > 1`,
  everybody: 'SELECT g.person_id FROM person g GROUP BY g.person_id HAVING count(*) > 1',
} as const;

function gather(db: StoreConnection, today: string, whom: Renewed): void {
  db.exec(`INSERT INTO temp.person_member (person_id, member_id)
      SELECT own.person_id, other.person_id FROM (${RECORDS}) own JOIN (${RECORDS}) other ON other.canonical_id = own.canonical_id
      ${whom === 'everybody' ? '' : 'WHERE own.person_id IN (SELECT person_id FROM temp.person_again)'};
    INSERT INTO temp.person_rows (person_id)
      SELECT person_id FROM (${SEVERAL_ROWS[whom]}) WHERE person_id NOT IN (SELECT person_id FROM temp.person_member);`);
  if (whom === 'everybody') db.exec(GATHER_NAMES);
  db.prepare(GATHER_PLAIN[whom]).run();
  db.prepare(GATHER_ROWS).run({ today });
  db.prepare(GATHER_SEVERAL).run({ today });
}

/** In order of place, as FTS5 takes rows without setting one aside. */
function writeWords(db: StoreConnection): void {
  db.exec(`INSERT INTO person_search (rowid, words)
    SELECT n.place, f.words FROM temp.person_found f JOIN person_place n ON n.person_id = f.person_id ORDER BY n.place`);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a row says by itself: names, number, address and card, then the joined values of other tables. */
function findableInOneRow(said: readonly unknown[]): FindablePerson {
  const has = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const [number, email, card, posts] = said.slice(NAMES.length);
  const joined = (value: unknown): readonly string[] => (has(value) ? value.split(VALUE).filter(has) : []);
  return {
    names: said.slice(0, NAMES.length).filter(has),
    numbers: [number, ...joined(posts)].filter(has),
    emails: [email].filter(has),
    smartcardUuids: [card].filter(has),
  };
}

function findableOf(people: string, assignments: string): FindablePerson {
  const rows = people.split(ROW).map((row) => row.split(KIND));
  const column = (at: number) => rows.map((row) => row[at] ?? '');
  const values = (joined: string) => joined.split(VALUE).filter((value) => value !== '');
  return {
    names: values(column(0).join(VALUE)),
    numbers: values([...column(1), assignments].join(VALUE)),
    emails: values(column(2).join(VALUE)),
    smartcardUuids: values(column(3).join(VALUE)),
  };
}

const count = (db: StoreConnection, table: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
