import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateStore } from '../../db/migrate.ts';
import { createRegisterReader } from '../../db/repositories/register-reader.ts';
import { createStoreAccess } from '../../db/repositories/store-access.ts';
import { createTestStore, makeFolder } from '../../db/testing/store-folder.ts';
import type { AccessCatalogue } from '../domain/access/catalogue.ts';
import { londonDate } from '../domain/dates.ts';
import type { JsonValue } from '../domain/ledger/canonical-json.ts';
import type { OpenStore } from '../services/ground/open-store.ts';
import type { ServiceContext } from '../services/ground/ports.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const RESOURCES = join(ROOT, 'resources');
export const MIGRATIONS = join(ROOT, 'db', 'migrations');
export const START = '2026-11-20T09:00:00.000Z';

export const shippedCatalogue = (): AccessCatalogue =>
  JSON.parse(readFileSync(join(RESOURCES, 'access-catalogue.json'), 'utf8')) as AccessCatalogue;

/** A clock that stands still until it is told, and ids and salts that count. */
export function testContext() {
  let now = Date.parse(START);
  let step = 0;
  let id = 0;
  let salt = 0;
  const clock = {
    now: () => {
      const read = new Date(now).toISOString();
      now += step;
      return read;
    },
    today: () => londonDate(new Date(now).toISOString()),
  };
  const context: ServiceContext = {
    clock,
    ids: {
      next: () => `00000000-0000-4000-8000-${String(++id).padStart(12, '0')}`,
      salt: () => {
        const bytes = Buffer.alloc(16);
        bytes.writeUInt32BE(++salt);
        return bytes;
      },
    },
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  };
  return {
    context,
    advance: (ms: number) => {
      now += ms;
    },
    /** From now on it goes on by so much each time that it is read, as a real one does. */
    run: (ms: number) => {
      step = ms;
    },
  };
}

export type RealStore = ReturnType<typeof makeRealStore>;

/** An encrypted, migrated store in a folder of its own, with the shipped catalogue and nothing else in it. */
export function makeRealStore(name: string) {
  const folder = makeFolder(name);
  const { context, advance, run } = testContext();
  const opened = createTestStore(join(folder.dir, 'store.db'));
  const { db } = opened;
  migrateStore(db, {
    migrationsDir: MIGRATIONS,
    backupDir: join(folder.dir, 'before-migration'),
    now: START,
    proveCopy: () => undefined,
  });
  const store: OpenStore = {
    description: { name: 'trust', trustName: 'Eastmoor', vpd: '919', environment: 'TPLY' },
    access: createStoreAccess(db, context),
    register: createRegisterReader(db),
  };
  store.access.transaction(() =>
    store.access.settings.write('catalogue', shippedCatalogue() as unknown as JsonValue),
  );
  return {
    ...context,
    db,
    store,
    context,
    advance,
    run,
    dir: folder.dir,
    close: () => {
      opened.close();
      folder.remove();
    },
  };
}

/** Adds one row by SQL: test data only, where the program would import a file. */
export function addRow(
  { db }: Pick<RealStore, 'db'>,
  table: string,
  values: Readonly<Record<string, string | number | null>>,
): void {
  const names = Object.keys(values);
  db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(values),
  );
}
