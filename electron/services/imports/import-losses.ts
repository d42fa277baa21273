import type { Difference } from './import-ports.ts';
import { type ImportReport, RECORD_NAMES } from './import-report.ts';

/**
 * A file that would end more than a share of what is known is more often a wrong file than a bad month, in a small trust as
 * in a large one: from the first row on, a person says why. Absence is proved only by a file that is not implausibly small.
 */
export function askAboutLosses(
  differences: readonly Difference[],
  largestLossPercent: number,
  report: ImportReport,
): void {
  for (const { table, losses } of differences) {
    if (losses === null || losses.lost * 100 <= largestLossPercent * losses.known) continue;
    const { lost, known, people, peopleCount } = losses;
    const rows = `${lost} of ${known} ${known === 1 ? 'row' : 'rows'} of ${RECORD_NAMES[table]} in force`;
    report.askReason({
      why: 'loses-much',
      sentence: `${rows} would end, of ${peopleCount} ${peopleCount === 1 ? 'person' : 'people'}: that is more than ${largestLossPercent} in 100. Check with them, or with who made the file, that it is the whole export.`,
      people: people.map(({ name, number }) => ({ name: name ?? 'Not in the register', number })),
      peopleLeftOff: peopleCount - people.length,
    });
  }
}
