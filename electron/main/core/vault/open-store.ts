import { openStore, proveCopy, type Store } from '../../../../db/connection.ts';
import { migrateStore } from '../../../../db/migrate.ts';
import { createRegisterReader } from '../../../../db/repositories/register-reader.ts';
import { createStoreAccess } from '../../../../db/repositories/store-access.ts';
import { writeMissingIndexes } from '../../../../db/staging/write-missing.ts';
import { isRecordedKey, type SchemeRecord } from '../../../adapters/keys/scheme-record.ts';
import type { StoreName } from '../../../contract/session.contract.ts';
import type { OpenStore } from '../../../services/ground/open-store.ts';
import type { ServiceContext } from '../../../services/ground/ports.ts';
import { descriptionOf, filesIn } from './store-folder.ts';

export interface StoreToOpen {
  readonly folder: string;
  readonly name: StoreName;
  /** Stays the caller's: it zeroes it when the store is closed, or does not open. */
  readonly key: Uint8Array;
  readonly scheme: SchemeRecord;
  readonly mode: 'create' | 'open';
}

/** Opens, proves and migrates a store, and gives it the face that the services work on. Throws StoreError. */
export function openMigrated(
  { folder, name, key, scheme, mode }: StoreToOpen,
  migrationsDir: string,
  context: ServiceContext,
): { readonly store: Store; readonly face: OpenStore } {
  const files = filesIn(folder);
  const now = context.clock.now();
  const store =
    mode === 'create'
      ? openStore({ file: files.store, key, mode, now })
      : openStore({
          file: files.store,
          key,
          mode,
          now,
          isRecordedKey: (candidate) => isRecordedKey(scheme, candidate),
        });
  try {
    migrateStore(store.db, {
      migrationsDir,
      backupDir: files.beforeMigration,
      now,
      proveCopy: (file) => proveCopy(file, key),
    });
    writeMissingIndexes(store.db, context.clock.today());
    const face = {
      description: descriptionOf(name, scheme),
      access: createStoreAccess(store.db, context),
      register: createRegisterReader(store.db),
    };
    return { store, face };
  } catch (error) {
    store.close();
    throw error;
  }
}
