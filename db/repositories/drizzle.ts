import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { StoreConnection } from '../connection.ts';

export type Drizzle = BetterSQLite3Database;

export const overConnection = (db: StoreConnection): Drizzle => drizzle(db);
