import type { StoreConnection } from '../connection.ts';
import { placeEverybody } from './people-index.ts';
import { writeRequestWords } from './request-names.ts';

/**
 * Writes what a migration could not: by what people and requests are found takes the program's own rules. Nothing where it is
 * there, which two looks at indexes tell. In a transaction of its own.
 */
export function writeMissingIndexes(db: StoreConnection, today: string): void {
  const is = (sql: string) => db.prepare<[], number>(sql).pluck().get() === 1;
  const placeless =
    is('SELECT EXISTS (SELECT 1 FROM person WHERE until_import_id IS NULL)') &&
    !is('SELECT EXISTS (SELECT 1 FROM person_place)');
  const wordless = is("SELECT EXISTS (SELECT 1 FROM request WHERE words = '')");
  if (!placeless && !wordless) return;
  db.transaction(() => {
    if (placeless) placeEverybody(db, today);
    if (wordless) writeRequestWords(db);
  }).immediate();
}
