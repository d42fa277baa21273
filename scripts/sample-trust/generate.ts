import { handOutAccess, noteAnomalies } from './access.ts';
import { type Blemished, type Cast, chooseCast } from './cast.ts';
import { type Changes, changedRows, letAWeekPass, prepareDeletions } from './changes.ts';
import { addDays, goDate } from './dates.ts';
import { liveThroughEvents } from './events.ts';
import { formAt, oneFormsCsv, oneFormsJson } from './forms.ts';
import { CHANGES_SEQUENCE, FULL_SEQUENCE, fullRows, type GoEnvelope, goFile, goFileName } from './go-file.ts';
import type { RowContext } from './go-rows.ts';
import {
  firstHoldings,
  firstRunAt,
  grantDay,
  holdingsFile,
  laterHoldings,
  unapprovedHoldings,
} from './holdings.ts';
import { buildManifest, type Manifest } from './manifest.ts';
import type { Trust } from './model.ts';
import { completeOptions, type SampleTrustOptions } from './options.ts';
import { buildPeople } from './people.ts';
import { asNumbersFile, trainingFile } from './side-files.ts';
import { allStories, changedVersion, planForms } from './story.ts';
import { type FileSummary, type SampleFileWriter, type TextFile, writeTextFile } from './text-files.ts';
import { makeUntidy, noteUntidy, untidyAccess, untidyPeople } from './untidy.ts';
import type { UrpName } from './urps.ts';

export type { Manifest } from './manifest.ts';
export type { SampleTrustOptions } from './options.ts';
export type { SampleFileWriter } from './text-files.ts';

function envelope(trust: Trust, kind: 'F' | 'C', day: string, previous: string): GoEnvelope {
  const { vpd } = trust.options;
  const sequence = kind === 'F' ? FULL_SEQUENCE : CHANGES_SEQUENCE;
  return {
    name: goFileName(vpd, kind, day, sequence),
    vpd,
    created: `${goDate(day)} 041512`,
    previousRun: `${goDate(previous)} 010000`,
    run: `${goDate(day)} 010000`,
  };
}

function contextFor(trust: Trust, day: string): RowContext {
  const { seed, vpd, grownLayout: grown } = trust.options;
  return { seed, vpd, grown, asOf: day, updated: `${goDate(addDays(day, -3))} 183118` };
}

interface Finished {
  readonly trust: Trust;
  readonly cast: Cast;
  readonly blemished: Blemished;
}

/** Written last: the forms, and what comes of them in the second holdings export. */
function writeForms({ trust, cast }: Finished, changes: Changes, write: (file: TextFile) => void) {
  const stories = allStories(trust, cast, changes.starters[0]!);
  const plan = planForms(trust.options.requests, stories);
  write(oneFormsCsv(trust, plan));
  const changedAt = [...plan.stories].find(([, story]) => story.id === 'changed-form')?.[0] ?? 0;
  const changed = changedVersion(trust, cast, formAt(trust, plan, changedAt));
  write(oneFormsJson(trust, plan, changed));
  const from = grantDay(trust);
  const granted = stories.flatMap((story) =>
    story.granted && story.person ? [{ person: story.person, urp: story.urp as UrpName, from }] : [],
  );
  const unapproved = unapprovedHoldings(trust, cast);
  const { laterRun } = trust.options;
  write(holdingsFile('holdings-2.csv', laterRun, laterHoldings(trust, changes, [...granted, ...unapproved])));
  return { plan, unapproved };
}

/**
 * Writes the files of one believable trust through `writeFile`, one after the other, and answers the manifest (which
 * is also written, last, as manifest.json). The same options give the same bytes; no clock and no chance is read.
 * Throws a plain sentence when an option is out of bounds.
 */
export function generateSampleTrust(options: SampleTrustOptions, writeFile: SampleFileWriter): Manifest {
  const complete = completeOptions(options);
  const { asOf } = complete;
  const { trust, teamHeads } = buildPeople(complete);
  const { cast, blemished } = chooseCast(trust);
  liveThroughEvents({ trust, teamHeads }, cast, blemished);
  const untidy = makeUntidy(trust);
  handOutAccess(trust, cast, blemished);
  untidyAccess(trust, untidy);
  const prepared = prepareDeletions(trust);
  const full = envelope(trust, 'F', asOf, addDays(asOf, -1));
  noteAnomalies(trust, cast, blemished, full.name);
  noteUntidy(trust, untidy, full.name);

  const files: FileSummary[] = [];
  const write = (file: TextFile): void => {
    files.push(writeTextFile(file, writeFile));
  };
  write(goFile(full, fullRows(trust, contextFor(trust, asOf))));
  write(holdingsFile('holdings-1.csv', firstRunAt(trust), firstHoldings(trust)));
  write(asNumbersFile(trust));
  write(trainingFile(trust));
  const positionsBefore = trust.structure.positions.length;
  const changes = letAWeekPass(trust, teamHeads, prepared, untidyPeople(untidy));
  const later = envelope(trust, 'C', changes.day, asOf);
  const newPositions = trust.structure.positions.slice(positionsBefore);
  write(goFile(later, changedRows(changes, newPositions, contextFor(trust, changes.day))));
  const { plan, unapproved } = writeForms({ trust, cast, blemished }, changes, write);

  const manifest = buildManifest({
    trust,
    changes,
    plan,
    unapproved,
    files,
    names: { full: full.name, changes: later.name },
  });
  writeFile('manifest.json', [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8')]);
  return manifest;
}
