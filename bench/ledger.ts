import { createHash, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { migrateStore } from '../db/migrate.ts';
import { createStoreAccess } from '../db/repositories/store-access.ts';
import { createTestStore, makeFolder, NOW } from '../db/testing/store-folder.ts';
import { encodeEvent } from '../electron/domain/ledger/event.ts';
import type { JobControl, NewLedgerEvent, ServiceContext } from '../electron/services/ground/ports.ts';
import { verifyLedger } from '../electron/services/ledger/verify-ledger.ts';
import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';

const APPENDS = 500;
const VERIFIED = 100_000;

const service: ServiceContext = {
  clock: { now: () => NOW, today: () => NOW.slice(0, 10) },
  ids: { next: () => randomUUID(), salt: () => randomBytes(16) },
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

/** An event as a step of a request leaves one: with two personal values. */
const eventOf = (i: number): NewLedgerEvent => ({
  at: NOW,
  actor: { userId: 'a2b7c1f0-0000-4000-8000-000000000001', roles: ['officer'] },
  operation: 'request.authorise',
  subject: { kind: 'request', id: `a2b7c1f0-0000-4000-9000-${String(i).padStart(12, '0')}` },
  outcome: 'done',
  sentence: `The line manager’s authorisation of OF-${String(i).padStart(6, '0')} was recorded from the form.`,
  detail: { revision: 3, status: 'authorised' },
  personal: { person: 'Sample Person', employeeNumber: String(20_000_000 + i) },
});

function openLedgerStore(name: string) {
  const folder = makeFolder(name);
  const store = createTestStore(path.join(folder.dir, 'store.db'));
  const { db } = store;
  migrateStore(db, {
    migrationsDir: path.join(import.meta.dirname, '../db/migrations'),
    backupDir: folder.dir,
    now: NOW,
    proveCopy: () => undefined,
  });
  return {
    db,
    access: createStoreAccess(db, service),
    close: () => {
      store.close();
      folder.remove();
    },
  };
}

const perSecond = (count: number, began: number): number => (count * 1000) / (performance.now() - began);

/** Each event in a transaction of its own, on the disk before the next begins. */
function appendsPerSecond(): number {
  const { access, close } = openLedgerStore('bench-append');
  try {
    const began = performance.now();
    for (let i = 0; i < APPENDS; i += 1) access.transaction(() => void access.ledger.append(eventOf(i)));
    return perSecond(APPENDS, began);
  } finally {
    close();
  }
}

/** The same bytes into a table of one column, each in a transaction of its own, in the same kind of store. */
function insertsPerSecond(bytes: readonly Uint8Array[]): number {
  const { db, close } = openLedgerStore('bench-bare');
  try {
    db.exec('create table bare (seq integer primary key, event blob not null)');
    const insert = db.prepare('insert into bare (event) values (?)');
    const began = performance.now();
    for (const event of bytes) insert.run(event);
    return perSecond(bytes.length, began);
  } finally {
    close();
  }
}

const control: JobControl = {
  progress: () => undefined,
  cancelled: () => false,
  acquireWrite: () => Promise.resolve({ release: () => undefined }),
};

/** Bytes of `size` events as the ledger stores them. */
const storedBytes = (db: ReturnType<typeof openLedgerStore>['db']): readonly Buffer[] =>
  db
    .prepare<[], string>('select event from ledger_event order by seq')
    .pluck()
    .all()
    .map((event) => Buffer.from(`\0${event}`));

function hashesPerSecond(leaves: readonly Buffer[]): number {
  const began = performance.now();
  for (const leaf of leaves) createHash('sha256').update(leaf).digest();
  return perSecond(leaves.length, began);
}

/** Durable appends over bare durable inserts, and a full verification over bare SHA-256 of the same leaves. Told, not judged. */
export function benchLedger({ runs, say }: Bench): Promise<readonly Figure[]> {
  const bytes = Array.from({ length: APPENDS }, (_, seq) => {
    const { personal: _personal, actor, sentence, detail, ...rest } = eventOf(seq);
    const shown = { ...detail, sentence };
    return encodeEvent({
      v: 1,
      seq,
      ...rest,
      actor: actor && { id: actor.userId, roles: actor.roles },
      detail: shown,
      personal: { person: { sha256: '0'.repeat(64) }, employeeNumber: { sha256: '0'.repeat(64) } },
    });
  });
  const append: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    bare.push(insertsPerSecond(bytes));
    append.push(appendsPerSecond());
    say(`inserts ${bare.at(-1)?.toFixed(0)}/s; appends ${append.at(-1)?.toFixed(0)}/s`);
  }
  const verified: number[] = [];
  const hashed: number[] = [];
  const { db, access, close } = openLedgerStore('bench-verify');
  try {
    access.transaction(() => {
      for (let i = 0; i < VERIFIED; i += 1) access.ledger.append(eventOf(i));
    });
    const leaves = storedBytes(db);
    for (let i = 0; i < runs; i += 1) {
      hashed.push(hashesPerSecond(leaves));
      const began = performance.now();
      const { sound } = verifyLedger(access.ledger, service.sha256, control);
      verified.push(perSecond(VERIFIED, began));
      if (!sound) throw new Error('the ledger that was just written does not verify');
      say(`SHA-256 ${hashed.at(-1)?.toFixed(0)}/s; verified ${verified.at(-1)?.toFixed(0)}/s`);
    }
  } finally {
    close();
  }
  return Promise.resolve([
    {
      name: 'Ledger: durable appends over bare durable inserts of the same bytes',
      judged: 'ratio',
      target: null,
      ours: { what: 'one event a transaction', unit: 'per s', values: append },
      theirs: { what: 'one insert a transaction', unit: 'per s', values: bare },
      note: 'synchronous=FULL for both; more is better. An event is a row, its tree nodes, two disclosed values and three indexes.',
    },
    {
      name: `Ledger: full verification of ${VERIFIED.toLocaleString('en-GB')} events over bare SHA-256 of their leaves`,
      judged: 'ratio',
      target: null,
      ours: { what: 'verified', unit: 'per s', values: verified },
      theirs: { what: 'hashed from memory', unit: 'per s', values: hashed },
      note: 'More is better. Verification reads and decrypts every row, parses it, and checks columns, disclosures, nodes and root.',
    },
  ]);
}
