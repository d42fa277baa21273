import type { ServiceContext, StoreAccess } from '../../electron/services/ground/ports.ts';
import type { StoreConnection } from '../connection.ts';
import { createAccountRepository } from './account.repository.ts';
import { overConnection } from './drizzle.ts';
import { createFindingRepository } from './finding.repository.ts';
import { createLedgerRepository } from './ledger.repository.ts';
import {
  createDraftRepository,
  createSettingRepository,
  createUserRepository,
  createViewRepository,
} from './people-of-the-program.repository.ts';
import { createRequestRepository } from './request.repository.ts';
import { createSignatureRepository } from './signature.repository.ts';
import { createWhoIsWho } from './who-is-who.repository.ts';

/** Every repository over one connection. The connection must be open and migrated. */
export function createStoreAccess(db: StoreConnection, context: ServiceContext): StoreAccess {
  const orm = overConnection(db);
  return {
    transaction: (work) => (db.inTransaction ? work() : db.transaction(work).immediate()),
    requests: createRequestRepository(db),
    findings: createFindingRepository(db, orm),
    settings: createSettingRepository(orm),
    users: createUserRepository(orm),
    views: createViewRepository(orm),
    signatures: createSignatureRepository(orm),
    drafts: createDraftRepository(orm),
    who: createWhoIsWho(db),
    accounts: createAccountRepository(db),
    ledger: createLedgerRepository(db, context.ids, context.sha256),
  };
}
