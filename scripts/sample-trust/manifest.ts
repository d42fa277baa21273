import type { Changes } from './changes.ts';
import type { FormPlan } from './forms.ts';
import { firstRunAt, grantDay, type NewHolding } from './holdings.ts';
import { type Anomaly, displayName, isCurrent, type Trust } from './model.ts';
import { PRIVATE_MARKERS, type PrivateMarker } from './private-data.ts';
import { FORMULA, OVERLONG_CHARACTERS, type StoryOutcome, storyReferences } from './story.ts';
import type { FileSummary } from './text-files.ts';
import { HIERARCHY_URPS } from './urps.ts';

export interface StoryEntry {
  readonly id: string;
  readonly reference: string;
  readonly file: string;
  /** As the form has it: an employee number, or an assignment number with its suffix. */
  readonly beneficiaryNumber: string;
  readonly employeeNumber: string | null;
  readonly userName: string | null;
  readonly accessRequested: string;
  readonly outcome: StoryOutcome;
  readonly expected: string;
  readonly clause: string;
}
export interface HoldingEntry {
  readonly employeeNumber: string;
  readonly userName: string;
  readonly responsibility: string;
  readonly startDate: string;
  readonly reference?: string;
}
export interface Manifest {
  readonly seed: number;
  readonly asOf: string;
  readonly vpd: string;
  readonly environment: 'TPLY';
  readonly goFull: string;
  readonly goChanges: string;
  /** The order in which a training store imports them. */
  readonly importOrder: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly files: readonly FileSummary[];
  readonly signIns: readonly { role: string; employeeNumber: string; name: string }[];
  readonly privateMarkers: readonly PrivateMarker[];
  readonly story: readonly StoryEntry[];
  readonly holdings1: { readonly runAt: string };
  readonly holdings2: {
    readonly runAt: string;
    readonly granted: readonly HoldingEntry[];
    readonly keyedNotSeen: readonly string[];
    readonly seenNeverApproved: readonly HoldingEntry[];
    /** Starters whose Employee Self Service is new: everybody may have it (5.1.1). */
    readonly newEmployeeSelfService: readonly string[];
  };
  readonly changes: Readonly<Record<string, readonly string[]>>;
  readonly anomalies: readonly Anomaly[];
}
export interface ManifestSource {
  readonly trust: Trust;
  readonly changes: Changes;
  readonly plan: FormPlan;
  readonly unapproved: readonly NewHolding[];
  readonly files: readonly FileSummary[];
  readonly names: { readonly full: string; readonly changes: string };
}

function storyEntries({ trust, plan }: ManifestSource): readonly StoryEntry[] {
  return [...storyReferences(plan, trust.options.seed)].map(([story, reference]) => ({
    id: story.id,
    reference,
    file: story.file,
    beneficiaryNumber: story.beneficiary.number,
    employeeNumber: story.person?.employeeNumber ?? null,
    userName: story.person?.userName ?? null,
    accessRequested: story.urp,
    outcome: story.outcome,
    expected: story.expected,
    clause: story.clause,
  }));
}

function grantedEntries({ trust, plan }: ManifestSource): readonly HoldingEntry[] {
  const { vpd, seed } = trust.options;
  return [...storyReferences(plan, seed)].flatMap(([story, reference]) =>
    story.granted && story.person
      ? [
          {
            reference,
            employeeNumber: story.person.employeeNumber,
            userName: story.person.userName,
            responsibility: `${vpd} ${story.urp}`,
            startDate: grantDay(trust),
          },
        ]
      : [],
  );
}

function formAnomalies(entries: readonly StoryEntry[]): readonly Anomaly[] {
  const details: Readonly<Record<string, string>> = {
    'formula-justification': FORMULA,
    'overlong-justification': `${OVERLONG_CHARACTERS} characters`,
  };
  return entries
    .filter(({ outcome }) => outcome !== 'ready')
    .map(({ id, file, reference, expected }) => ({
      kind: id,
      file,
      reference,
      expected,
      ...(details[id] === undefined ? {} : { detail: details[id] }),
    }));
}

function counts({ trust, changes, plan, files }: ManifestSource): Readonly<Record<string, number>> {
  const { people, structure, options } = trust;
  const rows = Object.fromEntries(files.map(({ name, rows: count }) => [`rows in ${name}`, count]));
  return {
    people: people.length,
    currentPeople: people.filter((person) => isCurrent(person, options.asOf)).length,
    leavers: people.filter((person) => person.terminationDate !== '' && person.terminationDate < options.asOf)
      .length,
    leaversToCome:
      people.filter((person) => person.terminationDate > options.asOf).length - changes.leavers.length,
    startersToCome: people.filter((person) => person.hireDate > options.asOf).length,
    peopleWithSeveralAssignments: people.filter((person) => person.assignments.length > 1).length,
    peopleWithSmartcard: people.filter((person) => person.uuid !== '').length,
    organisations: structure.organisations.length,
    locations: structure.locations.length,
    startersInChanges: changes.starters.length,
    forms: plan.total,
    hierarchyHolders: people.filter((person) =>
      person.holdings.some(({ urp }) => HIERARCHY_URPS.includes(urp)),
    ).length,
    ...rows,
  };
}

export function buildManifest(source: ManifestSource): Manifest {
  const { trust, changes, unapproved, files, names } = source;
  const { seed, asOf, vpd, laterRun } = trust.options;
  const story = storyEntries(source);
  const lastDay = laterRun.slice(0, 10);
  const numbers = (list: readonly { readonly employeeNumber: string }[]): readonly string[] =>
    list.map(({ employeeNumber }) => employeeNumber);
  return {
    seed,
    asOf,
    vpd,
    environment: 'TPLY',
    goFull: names.full,
    goChanges: names.changes,
    importOrder: [
      names.full,
      'holdings-1.csv',
      'as-numbers.csv',
      'training.csv',
      'oneforms.csv',
      'oneforms.json',
      names.changes,
      'holdings-2.csv',
    ],
    counts: counts(source),
    files,
    signIns: trust.team.map(({ role, person }) => ({
      role,
      employeeNumber: person.employeeNumber,
      name: displayName(person),
    })),
    privateMarkers: PRIVATE_MARKERS,
    story,
    holdings1: { runAt: firstRunAt(trust) },
    holdings2: {
      runAt: laterRun,
      granted: grantedEntries(source),
      keyedNotSeen: story.filter(({ id }) => id === 'keyed-not-seen').map(({ reference }) => reference),
      seenNeverApproved: unapproved.map(({ person, urp, from }) => ({
        employeeNumber: person.employeeNumber,
        userName: person.userName,
        responsibility: `${vpd} ${urp}`,
        startDate: from,
      })),
      newEmployeeSelfService: numbers(
        [...trust.people, ...changes.starters].filter(
          (person) =>
            person.hireDate > asOf && isCurrent(person, lastDay) && !changes.deleted.includes(person),
        ),
      ),
    },
    changes: {
      starters: numbers(changes.starters),
      movers: numbers(changes.movers),
      leavers: numbers(changes.leavers),
      renamed: numbers(changes.renamed),
      deletedPeople: numbers(changes.deleted),
      deletedAssignments: changes.deletedAssignments.map(({ person }) => `${person.employeeNumber}-2`),
      deletedPositions: [changes.deletedPosition.number],
      deletedOrganisations: [changes.deletedOrganisation.name],
      renamedOrganisations: [changes.renamedOrganisation.name],
    },
    anomalies: [...trust.anomalies, ...formAnomalies(story)],
  };
}
