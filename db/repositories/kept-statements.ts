import type { StoreConnection } from '../connection.ts';

/** Makes something when it is first asked for: the store is opened before it is migrated. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Prepares a statement when it is first asked for and keeps it: making one costs as much as reading a few rows by it. */
export function keepStatements(db: StoreConnection) {
  const rows = new Map<string, ReturnType<StoreConnection['prepare']>>();
  const values = new Map<string, ReturnType<StoreConnection['prepare']>>();
  const keep = (kept: typeof rows, sql: string, make: () => ReturnType<StoreConnection['prepare']>) => {
    const known = kept.get(sql);
    if (known) return known;
    const made = make();
    kept.set(sql, made);
    return made;
  };
  return {
    /** Every row that `sql` answers. */
    all: <R>(sql: string, parameters: object = {}): readonly R[] =>
      keep(rows, sql, () => db.prepare(sql)).all(parameters) as R[],
    get: <R>(sql: string, parameters: object = {}): R | undefined =>
      keep(rows, sql, () => db.prepare(sql)).get(parameters) as R | undefined,
    /** The first column of the first row. */
    value: <R>(sql: string, parameters: object = {}): R | undefined =>
      keep(values, sql, () => db.prepare(sql).pluck()).get(parameters) as R | undefined,
  };
}
