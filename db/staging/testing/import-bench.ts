import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type {
  ImportKind,
  ImportOutcome,
  ImportPreview,
} from '../../../electron/contract/imports.contract.ts';
import type { JsonValue } from '../../../electron/domain/ledger/canonical-json.ts';
import type { Actor, JobControl, ServiceContext } from '../../../electron/services/ground/ports.ts';
import { applyImport, previewImport } from '../../../electron/services/imports/import.service.ts';
import type { FileOptions, ImportContext } from '../../../electron/services/imports/import-context.ts';
import type { ImportFiles } from '../../../electron/services/imports/import-ports.ts';
import { lookAtFile } from '../../../electron/services/imports/inspect.service.ts';
import type { Store } from '../../connection.ts';
import { migrateStore } from '../../migrate.ts';
import { createImportRepository } from '../../repositories/imports.repository.ts';
import { createRegisterReader } from '../../repositories/register-reader.ts';
import { createStoreAccess } from '../../repositories/store-access.ts';
import { createTestStore, makeFolder, NOW } from '../../testing/store-folder.ts';
import { createRegisterStaging } from '../register-staging.ts';

export const VPD = '919';
export const ACTOR: Actor = {
  userId: 'user-1',
  displayName: 'Officer',
  employeeNumber: '99999902',
  roles: ['officer'],
};

/** A real encrypted store in a folder of its own, and the imports as the job thread runs them. */
export interface ImportBench {
  readonly store: Store;
  readonly dir: string;
  readonly context: ImportContext;
  /** What a refused or cancelled import may not change: row counts of every table, and the ledger's size and root. */
  readonly state: () => string;
  readonly preview: (path: string, options?: Partial<FileOptions>) => ImportPreview;
  readonly apply: (
    path: string,
    options?: Partial<FileOptions> & { readonly sha256?: string | null },
  ) => Promise<ImportOutcome>;
  /** From now on whoever imports has this employee number. */
  readonly actAs: (employeeNumber: string) => void;
  /** Makes the next looks at cancel say yes, from the n-th on (0 = the first); null = never. */
  readonly cancelAt: (looks: number | null) => void;
  readonly looks: () => number;
  /** What the clock says from now on; an instant. */
  readonly setNow: (at: string) => void;
  readonly close: () => void;
}

/** `files` is given, because this project may not import the adapters that make one. */
export function createImportBench(name: string, files: ImportFiles): ImportBench {
  const folder = makeFolder(name);
  const store = createTestStore(join(folder.dir, 'store.db'));
  migrateStore(store.db, {
    migrationsDir: join(import.meta.dirname, '../../migrations'),
    backupDir: folder.dir,
    now: NOW,
    proveCopy: () => {},
  });
  let now = NOW;
  const service: ServiceContext = {
    clock: { now: () => now, today: () => now.slice(0, 10) },
    ids: { next: () => randomUUID(), salt: () => randomBytes(16) },
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  };
  const access = createStoreAccess(store.db, service);
  const catalogue = join(import.meta.dirname, '../../../resources/access-catalogue.json');
  access.transaction(() =>
    access.settings.write('catalogue', JSON.parse(readFileSync(catalogue, 'utf8')) as JsonValue),
  );
  let looks = 0;
  let cancelFrom: number | null = null;
  const job: JobControl = {
    progress: () => {},
    cancelled: () => cancelFrom !== null && looks++ >= cancelFrom,
    acquireWrite: () => Promise.resolve({ release: () => {} }),
  };
  const context: ImportContext = {
    ...service,
    access,
    job,
    vpd: VPD,
    files,
    imports: createImportRepository(store.db),
    register: createRegisterReader(store.db),
    staging: createRegisterStaging(store.db),
  };
  const chosen = (path: string) => ({ path, name: basename(path) });
  let actor = ACTOR;
  const complete = (path: string, options: Partial<FileOptions>): FileOptions => {
    const kind: ImportKind = options.kind ?? lookAtFile(context.files, chosen(path)).looksLike ?? 'go';
    const first = kind === 'holdings' && context.imports.latest(['holdings']) === null;
    // Small files end much of a small register: whatever asks for a reason is given one, unless a test says none.
    const reason = 'It is what the test is about.';
    return { mapping: null, takenAt: null, startingPosition: first ? true : null, reason, ...options, kind };
  };
  return {
    store,
    dir: folder.dir,
    context,
    state: () => stateOf(store),
    preview: (path, options = {}) => previewImport(context, chosen(path), complete(path, options)),
    apply: (path, { sha256 = null, ...options } = {}) =>
      applyImport(context, chosen(path), complete(path, options), sha256, actor),
    cancelAt: (at) => {
      looks = 0;
      cancelFrom = at;
    },
    looks: () => looks,
    actAs: (employeeNumber) => {
      actor = { ...ACTOR, employeeNumber };
    },
    setNow: (at) => {
      now = at;
    },
    close: () => {
      store.close();
      folder.remove();
    },
  };
}

function stateOf(store: Store): string {
  const tables = store.db
    .prepare<[], string>(
      "select name from main.sqlite_schema where type = 'table' and name not like 'sqlite_%' order by 1",
    )
    .pluck()
    .all();
  const counts = tables.map(
    (t) => `${t} ${store.db.prepare(`select count(*) from main."${t}"`).pluck().get()}`,
  );
  const last = store.db
    .prepare('select hex(leaf_hash) from ledger_event order by seq desc limit 1')
    .pluck()
    .get();
  const open = store.db.prepare('select count(*) from person where until_import_id is null').pluck().get();
  return [...counts, `leaf ${last}`, `open ${open}`].join('\n');
}
