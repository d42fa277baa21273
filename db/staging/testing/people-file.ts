import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One person of a small GO file; what is left out is blank. */
export interface FilePerson {
  readonly id: number;
  readonly number: string;
  readonly last: string;
  readonly first?: string;
  readonly middle?: string;
  readonly maiden?: string;
  readonly preferred?: string;
  readonly previousLast?: string;
  readonly email?: string;
  readonly card?: string;
  readonly from?: string;
  readonly to?: string;
  /** Assignment numbers beside the first. */
  readonly posts?: readonly string[];
}

const PRA_FIELDS = 44;

function personRow(person: FilePerson): string {
  const fields = Array.from({ length: PRA_FIELDS }, () => '');
  const put: readonly (readonly [number, string | undefined])[] = [
    [0, 'PRA'],
    [1, String(person.id)],
    [2, person.from ?? '20150101'],
    [3, person.to],
    [4, person.number],
    [5, 'Ms.'],
    [6, person.last],
    [7, person.first],
    [8, person.middle],
    [9, person.maiden],
    [10, person.preferred],
    [11, person.previousLast],
    [16, '20150101'],
    [29, person.card],
    [33, 'EMP'],
    [34, 'Employee'],
    [35, person.email],
  ];
  for (const [at, value] of put) fields[at] = value ?? '';
  return fields.join('~');
}

const assignmentRow = ({ id }: FilePerson, number: string, at: number): string =>
  `ASA~${id}~${5_300_000 + id * 10 + at}~20150101~~~E~${number}~ACTIVE_ASSIGN~Active Assignment~~~~~No~9001~5309001~~9001~~~${at === 0 ? 'Yes' : 'No'}~~~~~~~~3560241|Staff Nurse|021|Ward|~~~~~~~~~~~~~~~~~~No~~`;

/** Writes a full GO file of these people and answers its path. Runs are a day apart from 2 November 2026, the 101st. */
export function writePeopleFile(folder: string, run: number, people: readonly FilePerson[]): string {
  const day = String(run - 99).padStart(2, '0');
  const name = `GO_919_TST_GOF_202611${day}_00000${run}.DAT`;
  const rows = people.flatMap((person) => [
    personRow(person),
    ...[person.number, ...(person.posts ?? [])].map((number, at) => assignmentRow(person, number, at)),
  ]);
  const before = `202611${String(run - 100).padStart(2, '0')}`;
  const header = `HDR~${name}~202611${day} 041512~919~${before} 010000~202611${day} 010000~02`;
  const path = join(folder, name);
  writeFileSync(path, [header, ...rows, `TRL~${rows.length + 2}`, ''].join('\n'));
  return path;
}
