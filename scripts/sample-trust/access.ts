import type { Blemished, Cast } from './cast.ts';
import { addDays, laterDay } from './dates.ts';
import { type Holding, isCurrent, linkTo, type Person, primaryOf, type Trust, versionOn } from './model.ts';
import { createRandom, type Random } from './prng.ts';
import { CORPORATE_SYSTEMS_TEAM } from './structure.ts';
import { FINANCE, WORKFORCE } from './structure-data.ts';
import { HIERARCHY_URPS, URP, type UrpName } from './urps.ts';

/** What a person of this rank and place usually holds beside Employee Self Service. */
function usualAccess(person: Person, random: Random): readonly UrpName[] {
  switch (person.rank) {
    case 'chief':
    case 'director':
    case 'head':
      return random.chance(30) ? [URP.manager, URP.localBiReports] : [URP.manager];
    case 'lead':
      if (person.team?.standIn) return [URP.manager];
      return [random.pick([URP.manager, URP.manager, URP.supervisor, URP.supervisorLimited])];
    case 'administrator':
      return [URP.administrator];
    case 'staff':
      return officeAccess(person, random);
  }
}

function officeAccess(person: Person, random: Random): readonly UrpName[] {
  if (person.team?.directorate === WORKFORCE && random.chance(60)) {
    return [random.pick([URP.hrAdministration, URP.hrDataEntry, URP.recruitment, URP.learning, URP.hrView])];
  }
  if (person.team?.directorate === FINANCE && random.chance(30)) {
    return [random.pick([URP.payroll, URP.localBiReports])];
  }
  return random.chance(2) ? [random.pick([URP.localReports, URP.hrView])] : [];
}

const CORPORATE_SYSTEMS_ACCESS: readonly (readonly UrpName[])[] = [
  [URP.userAdministration],
  [URP.userAdministration, URP.localReports],
  [URP.hrAdministration],
  [URP.workflow, URP.localBiReports],
  [URP.workstructures],
];

function grant(trust: Trust, person: Person, urps: readonly UrpName[], random: Random): void {
  const { asOf } = trust.options;
  const leaver = person.terminationDate !== '' && person.terminationDate <= asOf;
  const since =
    person.hireDate > addDays(asOf, -30) ? person.hireDate : addDays(asOf, -random.between(35, 200));
  const idle = random.chance(4) ? random.between(95, 170) : random.between(0, 70);
  const signedIn = addDays(asOf, -idle);
  person.holdings = urps.map((urp): Holding => {
    const from = urp === URP.employee ? person.hireDate : laterDay(since, person.hireDate);
    const last = leaver && signedIn > person.terminationDate ? person.terminationDate : signedIn;
    return { urp, from, to: leaver ? person.terminationDate : '', lastLogon: laterDay(last, from) };
  });
  // A core URP cannot be used without a smartcard, so whoever holds one has one.
  const needsCard = urps.some((urp) => urp !== URP.employee && urp !== URP.supervisorLimited);
  if (needsCard && person.uuid === '') person.uuid = String(560_000_000_000 + person.index * 4_001);
}

function trainAndNumber(trust: Trust, person: Person, random: Random, nextAsNumber: () => string): void {
  const { asOf } = trust.options;
  const roll = random.below(100);
  if (roll < 93) person.governanceUntil = addDays(asOf, random.between(20, 350));
  else if (roll < 97) person.governanceUntil = addDays(asOf, -random.between(1, 200));
  if (person.holdings.some((holding) => holding.urp === URP.manager)) {
    const positionNumber = versionOn(primaryOf(person), asOf).position.number;
    person.asNumber = {
      number: nextAsNumber(),
      positionNumber,
      issued: addDays(asOf, -random.between(40, 900)),
    };
  }
}

/** Hands out access, AS numbers and training as of the day of the full file. */
export function handOutAccess(trust: Trust, cast: Cast, blemished: Blemished): void {
  const random = createRandom(trust.options.seed, 'access');
  const players = new Set<Person>(Object.values(cast) as readonly Person[]);
  let lastAsNumber = 200_000;
  const nextAsNumber = (): string => {
    lastAsNumber += random.between(1, 4);
    return `AS${lastAsNumber}`;
  };
  let corporate = 0;
  for (const person of trust.people) {
    if (person.hireDate > trust.options.asOf) continue;
    const usual = usualAccess(person, random);
    if (players.has(person)) {
      grant(trust, person, [URP.employee], random);
      continue;
    }
    const inCorporateSystems = person.team?.index === CORPORATE_SYSTEMS_TEAM && person.rank === 'staff';
    const special = inCorporateSystems ? (CORPORATE_SYSTEMS_ACCESS[corporate] ?? []) : usual;
    if (inCorporateSystems) corporate += 1;
    grant(trust, person, [URP.employee, ...special], random);
    trainAndNumber(trust, person, random, nextAsNumber);
  }
  grant(trust, cast.conflict, [URP.employee, URP.hrAdministration], random);
  grant(trust, cast.alreadyHeld, [URP.employee, URP.localReports], random);
  grant(trust, blemished.reportsWithoutUrp, [URP.employee], random);
  blemished.reportsWithoutUrp.asNumber = null;
  grant(trust, blemished.urpWithoutReports, [URP.employee, URP.supervisor], random);
  grant(trust, blemished.heldConflict, [URP.employee, URP.hrDataEntry, URP.payroll], random);
  grant(trust, blemished.dormant, [URP.employee, URP.localReports], random);
  blemished.dormant.hireDate = addDays(trust.options.asOf, -900);
  primaryOf(blemished.dormant).versions[0]!.from = blemished.dormant.hireDate;
  blemished.dormant.holdings = blemished.dormant.holdings.map((holding) => ({
    ...holding,
    from: addDays(trust.options.asOf, -800),
    lastLogon: addDays(trust.options.asOf, -240),
  }));
  grant(trust, blemished.openLeaver, [URP.employee, URP.hrView], random);
  blemished.openLeaver.holdings = blemished.openLeaver.holdings.map((holding) => ({ ...holding, to: '' }));
}

/** Person ids of everybody at least one running assignment names as its supervisor on the day. */
export function supervisingPersonIds(trust: Trust, day: string): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const person of trust.people) {
    if (!isCurrent(person, day)) continue;
    for (const assignment of person.assignments) {
      if (assignment.endDate !== '' && assignment.endDate < day) continue;
      const link = versionOn(assignment, day).supervisor;
      if (link) ids.add(link.personId);
    }
  }
  return ids;
}

/** Current people whose direct reports and self-service URPs do not go together, both ways round. */
export function hierarchyMismatches(trust: Trust): {
  readonly reportsWithoutUrp: readonly Person[];
  readonly urpWithoutReports: readonly Person[];
} {
  const { asOf } = trust.options;
  const supervising = supervisingPersonIds(trust, asOf);
  const current = trust.people.filter((person) => isCurrent(person, asOf));
  const holdsUrp = (person: Person): boolean =>
    person.holdings.some((holding) => holding.to === '' && HIERARCHY_URPS.includes(holding.urp));
  return {
    reportsWithoutUrp: current.filter((person) => supervising.has(person.personId) && !holdsUrp(person)),
    urpWithoutReports: current.filter((person) => !supervising.has(person.personId) && holdsUrp(person)),
  };
}

/** Everything the manifest says of the register and of the holdings. Call once, when the trust is complete. */
export function noteAnomalies(trust: Trust, cast: Cast, blemished: Blemished, goFile: string): void {
  const note = (kind: string, file: string, person: Person, expected: string, detail = ''): void => {
    trust.anomalies.push({
      kind,
      file,
      employeeNumber: person.employeeNumber,
      ...(detail === '' ? {} : { detail }),
      expected,
    });
  };
  const [one, other] = blemished.cycle;
  note('supervisor-cycle', goFile, one, 'hierarchy check: cycle', `with ${other.employeeNumber}`);
  note('supervisor-cycle', goFile, other, 'hierarchy check: cycle', `with ${one.employeeNumber}`);
  note(
    'orphan-missing-supervisor',
    goFile,
    blemished.orphan,
    'hierarchy check: orphan, supervisor not in the file',
  );
  note(
    'leaver-still-supervises',
    goFile,
    blemished.leaverSupervisor,
    'hierarchy check: leaver who still supervises',
  );
  const leaverLink = linkTo(blemished.leaverSupervisor);
  for (const person of trust.people) {
    const link = versionOn(primaryOf(person), trust.options.asOf).supervisor;
    if (!isCurrent(person, trust.options.asOf) || link?.assignmentId !== leaverLink.assignmentId) continue;
    note('orphan-supervisor-left', goFile, person, 'hierarchy check: orphan, supervisor has left');
  }
  const { reportsWithoutUrp, urpWithoutReports } = hierarchyMismatches(trust);
  for (const person of reportsWithoutUrp) {
    note(
      'reports-without-urp',
      'holdings-1.csv',
      person,
      'hierarchy check: supervises without a self-service URP',
    );
  }
  for (const person of urpWithoutReports) {
    note(
      'urp-without-reports',
      'holdings-1.csv',
      person,
      'hierarchy check: self-service URP but nobody reports',
    );
  }
  note(
    'leaver-with-open-access',
    'holdings-1.csv',
    blemished.openLeaver,
    'leaver check: access not end-dated',
  );
  note('dormant-red', 'holdings-1.csv', blemished.dormant, 'dormancy: red, no sign-in for 240 days');
  note(
    'conflicting-urps-held',
    'holdings-1.csv',
    blemished.heldConflict,
    'conflict check: HR Data Entry with Payroll Administration',
  );
  note(
    'as-number-for-former-post',
    'as-numbers.csv',
    cast.formerPost,
    'AS number to be verified again: position differs',
  );
}
