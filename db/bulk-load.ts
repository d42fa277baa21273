import type { StoreConnection } from './connection.ts';

/**
 * Fills a table whose rows are all new. Its indexes are taken away first and made again afterwards, each by one sort: written row
 * by row, each row lands on some other page of every index, which has to be decrypted and encrypted again. Within the caller's
 * transaction, so that a cancel or a fault brings them back. `step` is called between two indexes.
 */
export function withoutIndexes(
  db: StoreConnection,
  table: string,
  fill: () => void,
  step: () => void = () => undefined,
): void {
  if (!db.inTransaction) throw new Error('indexes are taken away only where a fault brings them back');
  const indexes = db
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
    )
    .all(table);
  for (const { name } of indexes) db.exec(`DROP INDEX main."${name}"`);
  fill();
  for (const { sql } of indexes) {
    step();
    db.exec(sql);
  }
}

/** Whether a table has never had a row that is still there. */
export const isEmpty = (db: StoreConnection, table: string): boolean =>
  db.prepare<[], number>(`SELECT NOT EXISTS (SELECT 1 FROM main.${table})`).pluck().get() === 1;
