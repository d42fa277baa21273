import type { Cast } from './cast.ts';
import type { Changes } from './changes.ts';
import { addDays, clockText, esrDate, laterDay } from './dates.ts';
import { type Holding, isCurrent, type Person, type Trust } from './model.ts';
import type { SampleTrustOptions } from './options.ts';
import { writeDay, writeNumber } from './spellings.ts';
import { csvLine, type TextFile } from './text-files.ts';
import { type LooseAccount, looseAccounts } from './untidy.ts';
import { URP, type UrpName } from './urps.ts';

export const HOLDINGS_HEADER =
  'Employee Number,User Name,Full Name,Responsibility,Start Date,End Date,Last Logon,Type,Assigned By,Assigned On,Account End';

/** A holding that only the later export shows. */
export interface NewHolding {
  readonly person: Person;
  readonly urp: UrpName;
  readonly from: string;
}

/** ESR's Active Responsibilities export: two title rows, then the header (domain.md, hierarchies and GO file). */
export function holdingsFile(name: string, runAt: string, rows: Iterable<string>): TextFile {
  const [day = '', time = ''] = runAt.split('T');
  function* lines(): Generator<string> {
    yield 'Active Responsibilities';
    yield `Run date: ${esrDate(day)} ${time}`;
    yield HOLDINGS_HEADER;
    yield* rows;
  }
  return { name, lineEnd: '\r\n', encoding: 'utf-8', bom: true, frameLines: 3, lines: lines() };
}

type Spelling = Pick<Required<SampleTrustOptions>, 'vpd' | 'dates' | 'numbers'>;

function holdingLine(spelling: Spelling, person: Person, holding: Holding): string {
  const { vpd, dates, numbers } = spelling;
  const day = (iso: string): string => writeDay(iso, dates);
  return csvLine([
    writeNumber(person.employeeNumber, numbers, person.index),
    person.userName,
    `${person.name.last}, ${person.name.title} ${person.name.first}`,
    `${vpd} ${holding.urp}`,
    day(holding.from),
    day(holding.to),
    day(holding.lastLogon),
    holding.indirect ? 'Indirect' : 'Direct',
    `${vpd}SYSADMIN01`,
    day(holding.from),
    day(person.accountEnd),
  ]);
}

/** The account of nobody: an agency's number, which the register does not know. */
function looseLine(spelling: Spelling, account: LooseAccount, from: string): string {
  const day = writeDay(from, spelling.dates);
  const number = writeNumber(account.employeeNumber, spelling.numbers, 0);
  const { userName, fullName, urp } = account;
  return csvLine([number, userName, fullName, `${spelling.vpd} ${urp}`, day, '', day, 'Direct', '', day, '']);
}

export function* firstHoldings(trust: Trust): Generator<string> {
  for (const person of trust.people) {
    for (const holding of person.holdings) yield holdingLine(trust.options, person, holding);
  }
  yield* looseLines(trust);
}

function* looseLines({ options }: Trust): Generator<string> {
  for (const account of looseAccounts(options.vpd)) {
    yield looseLine(options, account, addDays(options.asOf, -200));
  }
}

/** The first export carried on: who left since is end-dated, starters have Employee Self Service, new grants follow. */
export function* laterHoldings(
  trust: Trust,
  changes: Pick<Changes, 'starters' | 'deleted'>,
  added: readonly NewHolding[],
): Generator<string> {
  const { asOf, laterRun } = trust.options;
  const lastDay = laterRun.slice(0, 10);
  const byPerson = Map.groupBy(added, ({ person }) => person);
  const arrivedLater = (person: Person): boolean =>
    person.hireDate > asOf && isCurrent(person, lastDay) && !changes.deleted.includes(person);
  for (const person of [...trust.people, ...changes.starters]) {
    const left =
      person.terminationDate > asOf && person.terminationDate <= lastDay ? person.terminationDate : '';
    for (const holding of person.holdings) {
      yield holdingLine(trust.options, person, { ...holding, to: holding.to === '' ? left : holding.to });
    }
    if (arrivedLater(person)) {
      const from = person.hireDate;
      yield holdingLine(trust.options, person, { urp: URP.employee, from, to: '', lastLogon: from });
    }
    for (const { urp, from } of byPerson.get(person) ?? []) {
      yield holdingLine(trust.options, person, { urp, from, to: '', lastLogon: '' });
    }
  }
  yield* looseLines(trust);
}

/** Day on which the story's grants begin: three days on, but never after the export that shows them. */
export function grantDay(trust: Trust): string {
  const { asOf, laterRun } = trust.options;
  const usual = addDays(asOf, 3);
  const last = laterRun.slice(0, 10);
  return laterDay(usual, last) === usual ? last : usual;
}

export function unapprovedHoldings(trust: Trust, cast: Cast): readonly NewHolding[] {
  const from = grantDay(trust);
  return [
    { person: cast.unapprovedDataEntry, urp: URP.hrDataEntry, from },
    { person: cast.unapprovedPayroll, urp: URP.payrollSuper, from },
  ];
}

export function firstRunAt(trust: Trust): string {
  return `${trust.options.asOf}T${clockText(7 * 60 + 15)}`;
}
