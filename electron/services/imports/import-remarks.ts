import type { ImportPreview } from '../../contract/imports.contract.ts';
import type { StagedFile } from './import.service.ts';
import type { ImportContext } from './import-context.ts';
import type { Difference } from './import-ports.ts';
import { type ImportReport, RECORD_NAMES, totalCounts } from './import-report.ts';

// What a person should know before they import a file that is well-formed and may still be the wrong one.

/** A file that ends much of the register is more often a wrong file than a bad month. */
export function remarkOnLoss({ table, counts, before }: Difference, report: ImportReport): void {
  if (counts.ended < 20 || counts.ended * 10 < before) return;
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
  else if (importKind !== 'oneforms' && takenAt !== null && newest !== null && takenAt < newest) {
    report.remark('This extract is older than one imported before, and would take its place.');
  }
}
