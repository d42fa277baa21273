import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leafHash, RootAccumulator, rootAt } from '../../electron/domain/ledger/merkle.ts';
import {
  CancelledError,
  type JobControl,
  type NewLedgerEvent,
} from '../../electron/services/ground/ports.ts';
import { verifyLedger } from '../../electron/services/ledger/verify-ledger.ts';
import { makeRealStore, type RealStore } from '../../electron/testing/real-store.ts';
import { openStore } from '../connection.ts';
import { testKey } from '../testing/store-folder.ts';

let real: RealStore;
beforeEach(() => {
  real = makeRealStore('ledger');
});
afterEach(() => real.close());

const control = (change: Partial<JobControl> = {}): JobControl => ({
  progress: () => undefined,
  cancelled: () => false,
  acquireWrite: () => Promise.resolve({ release: () => undefined }),
  ...change,
});
const verify = (job = control()) => verifyLedger(real.store.access.ledger, real.context.sha256, job);
const event = (n: number, change: Partial<NewLedgerEvent> = {}): NewLedgerEvent => ({
  at: real.clock.now(),
  actor: { userId: 'u1', roles: ['officer'] },
  operation: 'request.approve',
  subject: { kind: 'request', id: `r${n % 3}` },
  outcome: 'done',
  sentence: `OneForm SR${n}: approved.`,
  detail: { n },
  personal: { reason: `reason ${n}`, beneficiary: '20000001' },
  ...change,
});
function append(count: number): void {
  const { access } = real.store;
  access.transaction(() => {
    for (let n = 0; n < count; n += 1) access.ledger.append(event(n));
  });
}

describe('appending', () => {
  it('keeps leaf, nodes and root of RFC 6962 for every size', () => {
    const { ledger, transaction } = real.store.access;
    const leaves: Uint8Array[] = [];
    for (let n = 0; n < 20; n += 1) {
      const { seq, rootHash } = transaction(() => ledger.append(event(n)));
      const text = real.db
        .prepare<[number], string>('select event from ledger_event where seq = ?')
        .pluck()
        .get(seq);
      leaves.push(leafHash(Buffer.from(text ?? ''), real.context.sha256));
      // The tree built from nothing but the texts, against the one kept by the nodes.
      expect(Buffer.from(rootHash).toString('hex')).toBe(rootOfLeaves(leaves));
      expect(Buffer.from(ledger.root()).toString('hex')).toBe(rootOfLeaves(leaves));
    }
    expect(verify()).toMatchObject({ sound: true, size: 20, firstWrong: null });
  });

  function rootOfLeaves(leaves: readonly Uint8Array[]): string {
    const { sha256 } = real.context;
    const split = (from: readonly Uint8Array[]): Uint8Array => {
      const [only] = from;
      if (only === undefined) return sha256(new Uint8Array());
      if (from.length === 1) return only;
      let k = 1;
      while (k * 2 < from.length) k *= 2;
      return sha256(Buffer.concat([Buffer.of(1), split(from.slice(0, k)), split(from.slice(k))]));
    };
    return Buffer.from(split(leaves)).toString('hex');
  }

  it('is refused outside a transaction, and goes back with the work it tells of', () => {
    const { ledger, transaction } = real.store.access;
    expect(() => ledger.append(event(0))).toThrow(/in one transaction/);
    expect(() =>
      transaction(() => {
        ledger.append(event(0));
        throw new Error('the work failed');
      }),
    ).toThrow('the work failed');
    expect([ledger.size(), ledger.countNodes()]).toEqual([0, 0]);
    expect(real.db.prepare('select count(*) from ledger_disclosure').pluck().get()).toBe(0);
  });

  it('keeps personal values out of the hashed text, under a salt each', () => {
    append(2);
    const { ledger } = real.store.access;
    const [first, second] = [...ledger.stream(0)];
    expect(first?.event).not.toContain('reason 0');
    expect(first?.event).not.toContain('20000001');
    const salts = [0, 1].flatMap((seq) => ledger.disclosuresOf(seq).map(({ salt }) => salt));
    expect(new Set(salts).size).toBe(4);
    // The same value twice cannot be told from two values.
    const commitment = (text = '{}') => JSON.parse(text).personal.beneficiary.sha256;
    expect(commitment(first?.event)).not.toBe(commitment(second?.event));
  });
});

describe('the triggers', () => {
  it('refuse to change, delete or replace anything of the ledger', () => {
    append(3);
    for (const statement of [
      "update ledger_event set sentence = 'x'",
      'update ledger_event set seq = seq + 10 where seq = 2',
      'delete from ledger_event where seq = 2',
      "update ledger_node set hash = x'00'",
      'delete from ledger_node',
      "update ledger_disclosure set value = '1'",
      'delete from ledger_disclosure',
      'insert or replace into ledger_event select * from ledger_event where seq = 1',
      "insert or replace into ledger_node select level, position, x'00' from ledger_node",
      "insert or replace into ledger_disclosure select seq, field, salt, '1' from ledger_disclosure",
    ]) {
      expect(() => real.db.exec(statement), statement).toThrow('the ledger is append-only');
    }
    expect(verify().sound).toBe(true);
  });
});

const FORGED = `(7, '2026-11-20T09:00:00.000Z', 'u1', 'request.approve', null, null, 'done', 'x', '{}', x'00')`;
const TAMPERINGS: readonly (readonly [what: string, sql: string, firstWrong?: number])[] = [
  ['the event’s text', `update ledger_event set event = replace(event, '"n":3', '"n":9') where seq = 3`, 3],
  ['an event that is no JSON', "update ledger_event set event = '{' where seq = 3", 3],
  ['an event that is null', "update ledger_event set event = 'null' where seq = 3", 3],
  ['an event that is a number', "update ledger_event set event = '1' where seq = 3", 3],
  ['an event without its parts', "update ledger_event set event = '{}' where seq = 3", 3],
  ['another spelling of it', "update ledger_event set event = ' ' || event where seq = 3", 3],
  ['the leaf hash', "update ledger_event set leaf_hash = x'00' where seq = 3", 3],
  ['text and leaf hash together', 'FORGE', 3],
  ['an event that says nothing, with a whole tree of its own', 'REBUILD null', 3],
  ['an event of another form, with a whole tree of its own', 'REBUILD {}', 3],
  ['a leaf node', "update ledger_node set hash = x'00' where level = 0 and position = 3", 3],
  ['an inner node', "update ledger_node set hash = x'00' where level = 2 and position = 0", 3],
  ['a node too few', 'delete from ledger_node where level = 1 and position = 1', 3],
  ['a node too many', "insert into ledger_node values (5, 0, x'00')"],
  ['the time column', "update ledger_event set at = '2026-11-19T09:00:00.000Z' where seq = 3", 3],
  ['the actor column', "update ledger_event set actor_id = 'u2' where seq = 3", 3],
  ['the actor column, emptied', 'update ledger_event set actor_id = null where seq = 3', 3],
  ['the operation column', "update ledger_event set operation = 'request.key' where seq = 3", 3],
  ['the subject columns', "update ledger_event set subject_id = 'r9' where seq = 3", 3],
  ['the kind of subject', "update ledger_event set subject_kind = 'user' where seq = 3", 3],
  ['the outcome column', "update ledger_event set outcome = 'refused' where seq = 3", 3],
  ['the sentence column', "update ledger_event set sentence = 'OneForm SR3: returned.' where seq = 3", 3],
  ['a disclosed value', 'update ledger_disclosure set value = \'"another"\' where seq = 3', 3],
  ['a disclosed value that is no JSON', "update ledger_disclosure set value = 'another' where seq = 3", 3],
  [
    'a disclosed value without a canonical form',
    "update ledger_disclosure set value = '1.5' where seq = 3",
    3,
  ],
  ['a salt', "update ledger_disclosure set salt = 'AAAA' where seq = 3 and field = 'reason'", 3],
  [
    'a disclosure of another field',
    "update ledger_disclosure set field = 'who' where seq = 3 and field = 'reason'",
    3,
  ],
  [
    'a disclosure of a field of objects',
    "insert into ledger_disclosure values (3, '__proto__', 'AAAA', '1')",
    3,
  ],
  ['a disclosure of no event', "insert into ledger_disclosure values (99, 'reason', 'AAAA', '1')"],
  ['a row missing', 'delete from ledger_event where seq = 3', 3],
  ['the first row missing', 'delete from ledger_event where seq = 0', 0],
  ['the last row missing', 'delete from ledger_event where seq = 6'],
  ['a row too many', `insert into ledger_event values ${FORGED}`, 7],
  ['a row too many, after a gap', `insert into ledger_event values ${FORGED.replace('7', '9')}`, 7],
  ['a row before the first', `insert into ledger_event values ${FORGED.replace('7', '-1')}`, 0],
  [
    'two rows exchanged',
    'update ledger_event set seq = 99 where seq = 3; update ledger_event set seq = 3 where seq = 4; update ledger_event set seq = 4 where seq = 99',
    3,
  ],
];

/** Past the triggers, as somebody with the key and a tool of their own would. */
function tamper(sql: string): void {
  const raw = openStore({ file: `${real.dir}/store.db`, key: testKey(), mode: 'job' });
  const names = raw.db
    .prepare<[], string>("select name from sqlite_schema where type = 'trigger' and name like 'ledger%'")
    .pluck()
    .all();
  for (const name of names) raw.db.exec(`drop trigger ${name}`);
  if (sql === 'FORGE') {
    const text =
      raw.db.prepare<[], string>('select event from ledger_event where seq = 3').pluck().get() ?? '';
    const forged = text.replace('"n":3', '"n":9');
    const leaf = leafHash(Buffer.from(forged), real.context.sha256);
    raw.db.prepare('update ledger_event set event = ?, leaf_hash = ? where seq = 3').run(forged, leaf);
  } else if (sql.startsWith('REBUILD ')) {
    rebuild(raw.db, sql.slice('REBUILD '.length));
  } else raw.db.exec(sql);
  raw.close();
}

/** Event 3 replaced, and every hash made anew as this program would make it. */
function rebuild(db: RealStore['db'], text: string): void {
  const { sha256 } = real.context;
  const texts = db.prepare<[], string>('select event from ledger_event order by seq').pluck().all();
  db.exec('delete from ledger_node');
  const tree = new RootAccumulator(sha256, ({ level, index, hash }) =>
    db.prepare('insert into ledger_node values (?, ?, ?)').run(level, index, hash),
  );
  for (const [seq, old] of texts.entries()) {
    const now = seq === 3 ? text : old;
    const leaf = leafHash(Buffer.from(now), sha256);
    db.prepare('update ledger_event set event = ?, leaf_hash = ? where seq = ?').run(now, leaf, seq);
    tree.append(leaf);
  }
}

describe('verification', () => {
  it.each(TAMPERINGS.map(([what, sql, firstWrong]) => ({ what, sql, firstWrong })))(
    'finds $what',
    ({ sql, firstWrong }) => {
      append(7);
      expect(verify(), 'the control').toMatchObject({ sound: true, size: 7 });
      tamper(sql);
      const verdict = verify();
      expect(verdict.sound).toBe(false);
      if (firstWrong !== undefined) expect(verdict.firstWrong).toBe(firstWrong);
      expect(verdict.sentence).toMatch(/not as it was written/);
    },
  );

  it('finds any one changed character of any event', () => {
    append(5);
    tamper('select 1');
    const read = real.db.prepare<[number], string>('select event from ledger_event where seq = ?').pluck();
    const write = real.db.prepare('update ledger_event set event = ? where seq = ?');
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.integer({ min: 1, max: 20 }), (seq, at, by) => {
        const text = read.get(seq) ?? '';
        const place = at % text.length;
        const other = String.fromCharCode(((text.charCodeAt(place) + by) % 90) + 33);
        fc.pre(other !== text[place]);
        write.run(text.slice(0, place) + other + text.slice(place + 1), seq);
        expect(verify()).toMatchObject({ sound: false, firstWrong: seq });
        write.run(text, seq);
        expect(verify().sound).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('holds for an empty ledger, and proves the same root as the store shows', () => {
    expect(verify()).toMatchObject({ sound: true, size: 0 });
    append(3);
    expect(verify().rootHash).toBe(Buffer.from(real.store.access.ledger.root()).toString('hex'));
  });

  it('leaves a value forgotten with its salt in peace', () => {
    append(3);
    tamper('delete from ledger_disclosure where seq = 1');
    expect(verify().sound).toBe(true);
  });

  it('tells how far it is, stops when asked, and takes no fault from what is appended meanwhile', () => {
    append(1200);
    const told: number[] = [];
    let grown = false;
    const verdict = verify(
      control({
        progress: (_phase, fraction, rows) => {
          told.push(rows);
          expect(fraction).toBeGreaterThan(0);
          if (!grown) append(5);
          grown = true;
        },
      }),
    );
    expect(verdict).toMatchObject({ sound: true, size: 1200 });
    expect(told).toEqual([500, 1000]);
    let looks = 0;
    const cancelled = () => {
      looks += 1;
      return looks === 2;
    };
    expect(() => verify(control({ cancelled }))).toThrow(CancelledError);
  });
});

describe('the list', () => {
  it('filters as it says, whatever the text', () => {
    const { ledger, transaction } = real.store.access;
    const texts = ['100% sure', 'under_score', 'back\\slash', "quote's", 'plain'];
    transaction(() => {
      for (const [n, sentence] of texts.entries()) {
        const outcome = n % 2 === 0 ? 'done' : 'refused';
        ledger.append(
          event(n, { sentence, outcome, actor: n === 4 ? null : { userId: `u${n}`, roles: [] } }),
        );
        real.advance(60_000);
      }
    });
    const none = { text: '', operation: null, actorIds: null, outcome: null, from: null, to: null };
    const found = (change: object) =>
      ledger.list({ ...none, ...change }, { offset: 0, limit: 50 }).rows.map(({ seq }) => seq);
    expect(found({})).toEqual([4, 3, 2, 1, 0]);
    expect(['%', '_', '\\', "'", ' PLAIN '].map((text) => found({ text }))).toEqual([
      [0],
      [1],
      [2],
      [3],
      [4],
    ]);
    expect(found({ outcome: 'refused' })).toEqual([3, 1]);
    expect(found({ actorIds: ['u1', 'u3'] })).toEqual([3, 1]);
    expect(found({ actorIds: [] })).toEqual([]);
    expect(found({ from: '2026-11-20T09:01:00.000Z', to: '2026-11-20T09:02:00.000Z' })).toEqual([2, 1]);
    expect(found({ operation: 'request.key' })).toEqual([]);
    expect(ledger.list(none, { offset: 1, limit: 2 })).toMatchObject({
      total: 5,
      rows: [{ seq: 3 }, { seq: 2 }],
    });
    expect(ledger.operations()).toEqual(['request.approve']);
    expect(
      rootAt(ledger.size(), (l, i) => ledger.readNode(l, i) ?? new Uint8Array(), real.context.sha256),
    ).toEqual(ledger.root());
  });
});
