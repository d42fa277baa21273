import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { sourceAgesOf } from '../../electron/services/ground/gather-facts.ts';
import { ServiceError } from '../../electron/services/ground/service-error.ts';
import {
  type GoName,
  goName,
  goRow,
  goText,
  LOCATION,
  ORGANISATION,
  POSITION,
  person,
  post,
  SMALL,
} from './testing/go-text.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

let bench: ImportBench;
let folder: string;
beforeEach(() => {
  bench = createImportBench('go-import', createImportFiles());
  folder = join(bench.dir, 'files');
  mkdirSync(folder);
});
afterEach(() => bench.close());

/** Writes a whole file and answers its path. */
function file(name: GoName, rows: readonly string[], previous?: string): string {
  const path = join(folder, goName(name));
  writeFileSync(path, goText(name, rows, previous));
  return path;
}
const lastEvent = () =>
  bench.store.db
    .prepare<[], { seq: number; content: string }>('select * from ledger_event order by seq desc limit 1')
    .get();
async function refusal(work: () => unknown): Promise<{ code: string; message: string; reason: unknown }> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { code: error.code, message: error.message, reason: error.details?.reason };
  }
  return { code: 'accepted', message: '', reason: null };
}

describe('a full file out of turn', () => {
  it('is taken after a reason is given, which the ledger keeps sealed', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const late = file({ run: 120, day: '20261116' }, SMALL);
    expect(bench.preview(late).asksReason).toEqual([
      {
        why: 'out-of-turn',
        sentence:
          'This full file is run 120, but run 102 is due. It replaces the whole register all the same.',
      },
    ]);
    const before = bench.state();
    expect(await refusal(() => bench.apply(late, { reason: null }))).toMatchObject({ code: 'REFUSED' });
    expect(bench.state()).toBe(before);
    await bench.apply(late, { reason: 'Zqreason: runs 102 to 119 were lost.' });
    expect(JSON.stringify(lastEvent())).toContain('out-of-turn');
    expect(JSON.stringify(lastEvent())).not.toContain('Zqreason');
    const disclosed = bench.store.db
      .prepare("select count(*) from ledger_disclosure where cast(value as text) like '%Zqreason%'")
      .pluck()
      .get();
    expect(disclosed).toBe(1);
    // The next run is counted from it.
    const changes = (run: number) => file({ run, kind: 'C', day: '20261117' }, []);
    expect((await refusal(() => bench.apply(changes(102)))).reason).toBe('wrong-sequence');
    expect((await refusal(() => bench.apply(changes(122)))).reason).toBe('wrong-sequence');
    expect((await refusal(() => bench.apply(changes(121)))).code).toBe('accepted');
  });

  it('needs no reason in turn, and keeps none that nobody asked for', async () => {
    await bench.apply(file({ run: 101 }, SMALL), { reason: 'Zqunasked' });
    for (const run of [101, 102]) {
      expect(bench.preview(file({ run, day: '20261116' }, SMALL)).asksReason).toEqual([]);
    }
    const texts = bench.store.db.prepare('select cast(value as text) from ledger_disclosure').pluck().all();
    expect(texts.join()).not.toContain('Zqunasked');
  });

  it('asks again where another file came in between', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const path = file({ run: 103 }, SMALL);
    const { sha256 } = bench.preview(path);
    expect(await refusal(() => bench.apply(path, { sha256, reason: null }))).toMatchObject({
      code: 'REFUSED',
    });
  });
});

const people = () =>
  bench.store.db
    .prepare(
      `select person_id || ' ' || effective_from || ' ' || last_name from person
       where until_import_id is null order by 1`,
    )
    .pluck()
    .all();
const managers = () =>
  bench.store.db
    .prepare(
      `select assignment_id || ' ' || coalesce(department_manager_person_id, '-') from assignment
       where until_import_id is null order by 1`,
    )
    .pluck()
    .all();
const NAMES = ['9001 2015-01-01 Name9001', '9002 2015-01-01 Name9002', '9003 2015-01-01 Name9003'];

describe('a layout that grew', () => {
  const grown = (fields: number, blank: boolean) =>
    SMALL.map((row) => {
      const type = row.slice(0, 3);
      if (type !== 'ASA' && type !== 'ORA') return row;
      return row + (blank ? '~' : '~more').repeat(fields);
    });

  it('is read, with one remark that fields were added', async () => {
    for (const [index, rows] of [grown(1, true), grown(1, false), grown(3, true)].entries()) {
      const path = file({ run: 101 + index }, rows);
      const preview = bench.preview(path);
      expect(preview.counts).toMatchObject({ read: 9, failed: 0 });
      const added = index === 2 ? 3 : 1;
      expect(preview.remarks).toEqual([
        `Fields were added at the end of rows: ORA has ${15 + added} (15 are known), ASA has ${50 + added} (50 are known). They are not read; all the others are.`,
      ]);
      await bench.apply(path);
      expect(people()).toEqual(NAMES);
    }
  });

  it.each([
    [0, 9002, 7],
    [1, 9002, 7],
    [0, 9001, 5],
  ])(
    'of which one row has a field more than the others fails that row (all grown by %i, %i)',
    async (by, id, line) => {
      const rows = SMALL.map((row) => row + '~'.repeat(by));
      await bench.apply(file({ run: 101 }, rows));
      const slipped = rows.map((row) => row.replace(`~Name${id}~`, `~Na~me${id}~`));
      const next = file({ run: 102, day: '20261116' }, slipped);
      const reason = `It has ${45 + by} fields instead of 44, and what stands in the middle has moved: a ~ stands in one of them.`;
      const preview = bench.preview(next);
      expect(preview.failures).toEqual([{ record: 'People', reason, count: 1, lines: [line] }]);
      expect(preview.counts).toMatchObject({ ended: 0, changed: 0, failed: 1 });
      await bench.apply(next);
      // Whoever it is about keeps what the register has: a hire date is not taken for the day on which they left.
      expect(
        bench.context.register.personDetail(String(10_000_000 + id - 9_000), '2026-11-20'),
      ).toMatchObject({
        current: true,
        terminationDate: null,
      });
    },
  );

  it('a ~ behind one row of a type, in its places, fails nobody; behind every row it is said', async () => {
    const stamped = SMALL.map((row) =>
      row.startsWith('PRA') ? row.split('~').with(38, '20261101 101500').join('~') : row,
    );
    const one = bench.preview(
      file(
        { run: 101 },
        stamped.map((row) => (row.startsWith('PRA~9002') ? `${row}~` : row)),
      ),
    );
    expect(one.counts.failed).toBe(0);
    expect(one.remarks.join()).not.toContain('Fields were added');
    const all = bench.preview(
      file(
        { run: 101 },
        stamped.map((row) => (row.startsWith('PRA') ? `${row}~` : row)),
      ),
    );
    expect(all.counts.failed).toBe(0);
    expect(all.remarks.join()).toContain('Fields were added at the end of rows: PRA has 45');
  });

  it('a changes file whose only row of a person has a ~ in a name makes nobody a leaver', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const name = { kind: 'C', run: 102, day: '20261116' } as const;
    const outcome = await bench.apply(file(name, [person(9002, 'Na~me')], '20261102 010000'));
    expect(outcome.counts).toMatchObject({ failed: 1, changed: 0 });
    expect(bench.context.register.personDetail('10000002', '2026-11-20')).toMatchObject({
      current: true,
      terminationDate: null,
    });
  });

  it('with too few fields in every row of a type refuses the file in one sentence', async () => {
    const short = SMALL.map((row) => (row.startsWith('ASA') ? row.slice(0, -1) : row));
    expect(await refusal(() => bench.preview(file({ run: 101 }, short)))).toEqual({
      code: 'FILE_REFUSED',
      reason: 'every-row-fails',
      message:
        'All 3 assignment (ASA) rows fail, the first because it has 49 fields instead of 50. Ask whether the layout of the file has changed, and have it sent again.',
    });
    // One of several fails alone.
    const one = SMALL.map((row) => (row.startsWith('ASA~9003') ? row.slice(0, -1) : row));
    expect(bench.preview(file({ run: 101 }, one)).failures).toEqual([
      { record: 'Assignments', reason: 'It has 49 fields instead of 50.', count: 1, lines: [10] },
    ]);
  });
});

describe('a first snapshot', () => {
  it('has no run before it', async () => {
    for (const zeros of ['00000000 000000', '00000000', '']) {
      await bench.apply(file({ run: 101 }, SMALL, zeros));
      expect(people()).toEqual(NAMES);
    }
  });
});

describe('rows of other types', () => {
  const others = ['ABA', 'CDA', 'CMA', 'DTA', 'ELA', 'ETA', 'PIA', 'QLA', 'STA', 'TRA', 'LOV', 'ELD', 'ZZZ'];
  it('are counted by type in one line and never fail', async () => {
    const rows = [
      ...SMALL,
      ...others.map((type) => `${type}~1234567~20260101`),
      ...Array.from({ length: 300 }, (_, i) => `ELA~1234567~${i}~20260101`),
      person(9004, 'Broken', { 4: '1000000' }),
    ];
    const preview = bench.preview(file({ run: 101 }, rows));
    expect(preview.counts).toMatchObject({ read: 10, failed: 1 });
    expect(preview.failures).toEqual([
      { record: 'People', reason: 'Its employee number is not 8 or 9 digits.', count: 1, lines: [324] },
    ]);
    expect(preview.remarks).toEqual([
      '313 rows of other types, not needed here: ABA 1, CDA 1, CMA 1, DTA 1, ELA 301, ELD 1, ETA 1, LOV 1, PIA 1, QLA 1, STA 1, TRA 1, ZZZ 1.',
    ]);
  });

  it('are not rows without a type: those fail, and then nobody ends', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const two = SMALL.filter((row) => !/^(PRA|ASA)~9003/.test(row));
    expect(bench.preview(file({ run: 102 }, two)).counts.ended).toBe(2);
    const torn = bench.preview(file({ run: 102 }, [...two, 'a line of words']));
    expect(torn.counts).toMatchObject({ ended: 0, failed: 1 });
    // The rest of a row that was torn apart is about whom that row was about.
    const row = person(9002, 'Name9002');
    const cut = two.flatMap((one) => (one === row ? [row.slice(0, 30), row.slice(30)] : [one]));
    expect(bench.preview(file({ run: 102 }, cut)).counts).toMatchObject({ ended: 2, failed: 2 });
  });
});

describe('a person without an employee number', () => {
  const without = { 4: '' };
  it('is an applicant, counted and passed over with the post', async () => {
    const rows = [
      ...SMALL,
      person(9004, 'Applicant', { ...without, 33: 'APL' }),
      post(9004, { 6: 'A', 7: '', 8: 'ACTIVE_APL' }),
      person(9005, 'Somebody', { ...without, 33: '' }),
    ];
    const path = file({ run: 101 }, rows);
    expect(bench.preview(path)).toMatchObject({
      counts: { read: 9, failed: 0 },
      remarks: [
        '2 rows without an employee number (applicants’) are passed over.',
        '1 row without an employee number does not say that it is an applicant’s. It is passed over, and what is known of the person stays.',
      ],
    });
    await bench.apply(path);
    expect(people()).toEqual(NAMES);
  });

  it('takes nothing away from somebody who is known, unless the row says that they apply', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const now = (type: string) =>
      SMALL.map((r) => (r.startsWith('PRA~9003') ? person(9003, 'Name9003', { ...without, 33: type }) : r));
    expect(bench.preview(file({ run: 102 }, now('EMP'))).counts.ended).toBe(0);
    expect(bench.preview(file({ run: 102 }, now('APL'))).counts.ended).toBe(1);
  });

  it('is a fault in the post of somebody who works here', () => {
    const rows = SMALL.map((r) => (r.startsWith('ASA~9003') ? post(9003, { 7: '' }) : r));
    expect(bench.preview(file({ run: 101 }, rows)).failures).toMatchObject([
      { record: 'Assignments', reason: 'Its assignment number is missing.', count: 1 },
    ]);
  });
});

describe('one employee number of two people', () => {
  it('is said', () => {
    const rows = [...SMALL, person(9009, 'Twin', { 4: '10000002' })];
    expect(bench.preview(file({ run: 101 }, rows)).remarks).toEqual([
      'One employee number belongs to more than one ESR person id: 10000002 (9002, 9009). Ask for it to be put right in ESR.',
    ]);
  });
});

describe('a changes file with a corrected start', () => {
  it('leaves one row in force for each id', async () => {
    await bench.apply(file({ run: 101 }, SMALL));
    const rows = [person(9003, 'Corrected', { 2: '20160101' }), post(9003, { 3: '20160101' })];
    await bench.apply(file({ run: 102, kind: 'C', day: '20261109' }, rows));
    expect(people()).toEqual([...NAMES.slice(0, 2), '9003 2016-01-01 Corrected']);
    expect(managers()).toHaveLength(3);
  });
});

describe('the department manager', () => {
  const by = (id: (personId: number) => number | string) =>
    SMALL.map((row) => {
      const personId = Number(row.split('~')[1]);
      return row.startsWith('ASA') ? post(personId, { 18: id(personId) }) : row;
    });
  const resolved = ['5309001 9001', '5309002 9001', '5309003 9001'];

  it('is a person id or an assignment id, as the ids of the file tell', async () => {
    await bench.apply(
      file(
        { run: 101 },
        by(() => 9001),
      ),
    );
    expect(managers()).toEqual(resolved);
    const path = file(
      { run: 102 },
      by(() => 5_309_001),
    );
    expect(bench.preview(path).remarks).toEqual([
      'The department manager is given by assignment in this file, and was read as the person who holds it.',
    ]);
    await bench.apply(path);
    expect(managers()).toEqual(resolved);
    expect(
      bench.preview(
        file(
          { run: 103 },
          by(() => 5_309_001),
        ),
      ).counts,
    ).toMatchObject({ changed: 0, unchanged: 9 });
  });

  it('is decided for the whole file: whom it does not name is nobody, not another person', async () => {
    // 9003 is a person as well, and in this file an assignment that nobody is known to hold.
    await bench.apply(
      file(
        { run: 101 },
        by((id) => (id === 9003 ? 9003 : 5_300_000 + id)),
      ),
    );
    expect(managers()).toEqual(['5309001 9001', '5309002 9002', '5309003 -']);
  });

  it('is told of a changes file by the register', async () => {
    await bench.apply(
      file(
        { run: 101 },
        by(() => 9001),
      ),
    );
    await bench.apply(file({ run: 102, kind: 'C' }, [post(9003, { 18: 5_309_002 })]));
    expect(managers()).toEqual(['5309001 9001', '5309002 9001', '5309003 9002']);
  });
});

describe('a date with a time behind it', () => {
  it('is a date', async () => {
    await bench.apply(
      file({ run: 101 }, [
        LOCATION,
        ORGANISATION,
        POSITION,
        person(9001, 'Name9001', { 2: '20150101 000000' }),
      ]),
    );
    expect(people()).toEqual(['9001 2015-01-01 Name9001']);
    expect(goRow('LCA', {}).split('~')).toHaveLength(22);
  });
});

describe('line ends and encodings', () => {
  it('of any kind say the same', async () => {
    const rows = SMALL.map((r) => (r.startsWith('PRA~9002') ? person(9002, 'Béker') : r));
    const name = goName({ run: 101 });
    for (const end of ['\n', '\r\n', '\r']) {
      for (const encoding of ['utf8', 'latin1'] as const) {
        const path = join(folder, name);
        writeFileSync(path, Buffer.from(goText({ run: 101 }, rows).replaceAll('\n', end), encoding));
        const preview = bench.preview(path);
        expect({ end, encoding, preview }).toMatchObject({
          preview: { counts: { read: 9, failed: 0 }, remarks: [] },
        });
        await bench.apply(path);
        expect(people()).toEqual([NAMES[0], '9002 2015-01-01 Béker', NAMES[2]]);
        bench.store.db.exec(
          'delete from import; delete from person; delete from assignment; delete from location; delete from organisation; delete from position',
        );
      }
    }
  });
});

describe('two people with one smartcard', () => {
  it('are said once the file is in, by their numbers', async () => {
    const card = { 29: '555000000123' };
    const rows = [person(9002, 'Able', card), person(9003, 'Baker', { ...card, 7: 'Bob' })];
    const outcome = await bench.apply(file({ run: 101 }, [...SMALL.slice(0, 5), ...rows]));
    expect(outcome.remarks).toEqual([
      'Two records that seem to be two people have one smartcard or NHS unique id: 10000002 and 10000003. Ask for it to be put right in ESR: until then the two cannot be told apart.',
    ]);
    expect((await bench.apply(file({ run: 102, day: '20261116' }, SMALL))).remarks).toEqual([]);
  });
});

describe('the age of what the register says of a person', () => {
  const day = (run: number) => `202611${String(run - 98).padStart(2, '0')}`;
  const changes = (run: number, rows: readonly string[]) =>
    bench.apply(file({ kind: 'C', run, day: day(run) }, rows, `${day(run - 1)} 010000`));
  const broken = (row: string) => row.replace('~20150101~', '~31129999~');
  /** Runs in which 9002 and 9003 were last read whole, as a request's facts say it. */
  const ages = () =>
    ['10000002', '10000003'].map((number) => {
      const store = { access: bench.context.access, register: bench.context.register };
      const { takenAt = '' } = sourceAgesOf(store, number).register ?? {};
      return Number(takenAt.slice(8, 10)) + 98;
    });

  it('is that of the last file in which all of theirs could be read', async () => {
    await bench.apply(file({ run: 101, day: day(101) }, SMALL));
    expect([ages(), bench.context.register.anyUnread()]).toEqual([[101, 101], false]);
    await changes(102, [broken(person(9002, 'Other'))]);
    expect([ages(), bench.context.register.anyUnread()]).toEqual([[101, 102], true]);
    // ESR does not say it again, so that nobody knows it until it does.
    await changes(103, [post(9003)]);
    expect([ages(), bench.context.register.anyUnread()]).toEqual([[101, 103], true]);
    await changes(104, [person(9002, 'Other')]);
    expect(ages()).toEqual([104, 104]);
    // A post that nobody knew of: its row says whose it is.
    await changes(105, [broken(post(9003, { 2: 5_309_999 }))]);
    expect(ages()).toEqual([105, 104]);
    await changes(106, ['a line of words']);
    expect(ages()).toEqual([105, 104]);
    await bench.apply(file({ run: 107, day: day(107) }, SMALL));
    expect([ages(), bench.context.register.anyUnread()]).toEqual([[107, 107], false]);
  });

  it('takes nobody away of whom an assignment still speaks that could not be read', async () => {
    await bench.apply(file({ run: 101, day: day(101) }, SMALL));
    const without = SMALL.filter((row) => !row.startsWith('PRA~9003')).map((row) =>
      row.startsWith('ASA~9003') ? broken(row) : row,
    );
    await bench.apply(file({ run: 102, day: day(102) }, without));
    expect(people()).toHaveLength(3);
  });
});
