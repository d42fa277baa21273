import type { ImportPreview } from '../../contract/imports.contract.ts';
import { showInstant } from '../../domain/dates.ts';
import type { Reading } from '../../domain/register/reading.ts';
import type { StagedFile } from './import.service.ts';
import type { ImportContext } from './import-context.ts';
import type { Difference } from './import-ports.ts';
import { type ImportReport, RECORD_NAMES, totalCounts } from './import-report.ts';

// What a person should know before they import a file that is well-formed and may still be the wrong one.

/** Of what says nothing of a person; where people lose something, they are named, and a reason is asked. */
export function remarkOnLoss({ table, counts, before, losses }: Difference, report: ImportReport): void {
  if (losses !== null || counts.ended < 20 || counts.ended * 10 < before) return;
  report.remark(
    `${counts.ended} of ${before} rows of ${RECORD_NAMES[table]} are not in this file and would end. Check that it is the whole export.`,
  );
}

export function remarkOnStart(byRecord: ImportPreview['byRecord'], report: ImportReport): void {
  const rows = totalCounts(byRecord).new;
  report.remark(
    `This is the first holdings file: its ${rows} rows become the starting position, or each access that nobody approved here is raised for checking. You say which.`,
  );
}

export function remarkOnAge({ imports }: ImportContext, staged: StagedFile, report: ImportReport): void {
  const { importKind, takenAt, facts } = staged;
  const isGo = importKind === 'go-full' || importKind === 'go-changes';
  const kinds = isGo ? (['go-full', 'go-changes'] as const) : [importKind];
  const newest = imports.newestTakenAt(kinds);
  if (imports.latest(kinds)?.sha256 === facts.sha256)
    report.remark('This is the file that was imported last.');
  else if (
    importKind !== 'oneforms' &&
    importKind !== 'holdings' &&
    takenAt !== null &&
    newest !== null &&
    takenAt < newest
  ) {
    report.remark('This extract is older than one imported before, and would take its place.');
  }
}

/** Of whom an extract proves no absence, and whether it proves anything; plain sentences, none where all of it proves. */
export function whatIsNotProved(reading: Reading | null, newerReadBefore: string | null): string[] {
  return [
    ...(reading === null ? [] : unreadSentences(reading)),
    ...(newerReadBefore === null
      ? []
      : [
          `This extract is older than the one of ${showInstant(newerReadBefore)}, which was read before. It is kept as history: nothing ends by it, and it proves and raises nothing.`,
        ]),
  ];
}

/** Texts that are shown of those who could not be read. */
const NAMED = 5;

function unreadSentences({ holdsEverybody, held }: Reading): readonly string[] {
  if (holdsEverybody) {
    return [
      'This extract proves no absence: a row that could not be read does not surely say whose it is. Nobody loses anything by it, and nothing ends. Next: mend the row and export again.',
    ];
  }
  if (held.size === 0) return [];
  const named = [...held.values()].slice(0, NAMED).join(', ');
  const more = held.size > NAMED ? ` and ${held.size - NAMED} more` : '';
  const people = held.size === 1 ? '1 person' : `${held.size} people`;
  return [
    `This extract proves no absence of ${people} of whom a row could not be read (${named}${more}): they keep what was known. Next: mend the rows and export again.`,
  ];
}
