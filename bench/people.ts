import path from 'node:path';
import { migrateStore } from '../db/migrate.ts';
import { createRegisterReader } from '../db/repositories/register-reader.ts';
import { placeEverybody } from '../db/staging/people-index.ts';
import { createTestStore, makeFolder, NOW } from '../db/testing/store-folder.ts';
import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';

/** A large trust, and everybody whom ESR knows. */
const SIZES = [
  { people: 300_000, target: 30 },
  { people: 1_900_000, target: 100 },
] as const;
const TODAY = NOW.slice(0, 10);
const SPAN = 8;

const LAST =
  'Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,Patel,Khan,Lewis,James,Phillips,Mason,Mitchell,Rose,Davis,Rodgers,O’Brien,Ó Briain,van der Berg,Żak,Nowak,Okafor,Ali,Singh,Begum,Hussain'.split(
    ',',
  );
const FIRST =
  'Emma,Olivia,Amelia,Jessica,Sarah,Siân,Éilís,Mary Anne,Aisha,Priya,Fatima,Grace,Zoë,Chloë,Megan,Lucy,Jan,Łukasz,Jack,Harry,Thomas,Mohammed,James,David,Andrew,Paul,Mark,Daniel,Chidi,Kwame'.split(
    ',',
  );
/** What is typed letter by letter: names, two words, a number, a particle, nobody. */
const TYPED = [
  'smith',
  'emma smith',
  "o'brien",
  'van der b',
  '20000123',
  'zak lukasz',
  'smith, em',
  'esmith1',
  'zzzz',
];

function fill(people: number) {
  const folder = makeFolder(`bench-people-${people}`);
  const { db, close } = createTestStore(path.join(folder.dir, 'store.db'));
  migrateStore(db, {
    migrationsDir: path.join(import.meta.dirname, '../db/migrations'),
    backupDir: folder.dir,
    now: NOW,
    proveCopy: () => undefined,
  });
  const syllables = ['', 'son', 'ley', 'man', 'wood', 'field', 'by', 'ton'];
  db.transaction(() => {
    const person = db.prepare(
      `insert into person (from_import_id, person_id, effective_from, employee_number, last_name, first_name, office_email, smartcard_uuid, system_person_type)
       values ('i1', ?, '2015-01-01', ?, ?, ?, ?, ?, 'EMP')`,
    );
    const assignment = db.prepare(
      `insert into assignment (from_import_id, assignment_id, effective_from, person_id, assignment_number, supervisor_person_id,
         supervisor_assignment_id, department_manager_person_id, primary_assignment, position_name)
       values ('i1', ?, '2015-01-01', ?, ?, ?, ?, ?, 'Y', '3560241|Staff Nurse|021|Ward|')`,
    );
    const holding = db.prepare(
      `insert into holding (from_import_id, employee_number, username, exported_name, urp, start_date)
       values ('i1', ?, ?, '919 Employee Self Service', 'Employee Self Service', '2015-01-01')`,
    );
    for (let i = 0; i < people; i += 1) {
      const last = `${LAST[(i * 7) % LAST.length]}${syllables[Math.floor(i / 11) % syllables.length]}`;
      const first = FIRST[(i * 13) % FIRST.length] ?? '';
      const number = String(20_000_000 + i);
      const above = String(Math.floor((i - 1) / SPAN));
      const card = String(555_000_000_000 + i * 4_001);
      person.run(String(i), number, last, first, `p${i}@samplevale.nhs.example`, card);
      assignment.run(`a${i}`, String(i), number, above, `a${above}`, String(Math.floor(i / 3_000)));
      holding.run(number, `919${first.charAt(0)}${last.toUpperCase().replace(/[^A-Z]/g, '')}${i % 100}`);
    }
  })();
  const began = performance.now();
  db.transaction(() => placeEverybody(db, TODAY))();
  return {
    db,
    indexed: performance.now() - began,
    register: createRegisterReader(db),
    close: () => {
      close();
      folder.remove();
    },
  };
}

/** Every beginning of each text, as one types it, in turn. */
function keystrokes(runs: number, ask: (text: string) => void): readonly number[] {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const text of TYPED) {
      for (let end = 1; end <= text.length; end += 1) {
        const began = performance.now();
        ask(text.slice(0, end));
        values.push(performance.now() - began);
      }
    }
  }
  return values;
}

/** Finding people and opening them in registers of a large trust and of the whole NHS, on the store's own connection. */
export function benchPeople({ runs, say }: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { people, target } of SIZES) {
    const { register, indexed, close } = fill(people);
    const of = `of ${people.toLocaleString('en-GB')} people`;
    try {
      const ask = (text: string) => register.searchPeople(text, TODAY, { offset: 0, limit: 50 });
      ask('smith');
      const typed = keystrokes(runs, ask);
      const pages = Array.from({ length: 100 }, (_, i) => {
        const number = String(20_000_000 + ((i * 7_919) % people));
        const began = performance.now();
        register.personDetail(i === 0 ? '20000000' : number, TODAY);
        register.holdingsOf(number);
        return performance.now() - began;
      });
      say(
        `${of}: index ${(indexed / 1000).toFixed(1)} s, keystroke ${Math.max(...typed).toFixed(1)} ms at most`,
      );
      figures.push(
        {
          name: `People search ${of}`,
          judged: 'p95',
          target,
          ours: { what: 'a keystroke, 50 rows in order', unit: 'ms', values: typed },
        },
        {
          name: `A person’s page ${of}`,
          judged: 'p95',
          target: 50,
          ours: { what: 'posts, reports and access', unit: 'ms', values: pages },
        },
      );
    } finally {
      close();
    }
  }
  return Promise.resolve(figures);
}
