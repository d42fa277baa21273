import type { JsonObject } from '../../domain/ledger/canonical-json.ts';
import { momentChange, sayMoment } from '../../domain/register/extract-moment.ts';
import type { StagedFile } from './import.service.ts';
import type { ImportContext } from './import-context.ts';
import type { ImportReport } from './import-report.ts';

// The moment of an extract is the file's own; a person may correct it, is told what that changes, and the ledger says so.

/** Whether a person said another moment than the file's, or one where the file says none. */
export const isMomentTyped = ({ takenAt, fileSays }: StagedFile): boolean =>
  fileSays !== undefined && takenAt !== null && takenAt !== fileSays;

/** What a typed moment changes: how many keyed requests it would prove, or leave, that the file's own would not. */
export function remarkOnMoment({ access }: ImportContext, staged: StagedFile, report: ImportReport): void {
  const { takenAt, fileSays = null } = staged;
  if (!isMomentTyped(staged) || takenAt === null) return;
  if (staged.importKind !== 'holdings') return;
  const keyed = [...access.requests.toVerify()].flatMap(({ status, keyedAt }) =>
    (status === 'keyed' || status === 'not-seen') && keyedAt !== null ? [keyedAt] : [],
  );
  report.remark(sayMoment(fileSays, takenAt, momentChange(keyed, fileSays, takenAt)));
}

/** For the ledger: where the moment comes from, and by which forms the dates were read. */
export function readingDetail(staged: StagedFile): JsonObject {
  const { fileSays, dateForms } = staged;
  return {
    ...(fileSays !== undefined && {
      takenAtFrom: staged.takenAt === null ? null : isMomentTyped(staged) ? 'typed' : 'file',
      ...(isMomentTyped(staged) && { fileSaysTakenAt: fileSays }),
    }),
    ...(dateForms !== undefined && { dateForms: { ...dateForms } }),
  };
}

/** For the ledger's sentence. */
export const momentInWords = (staged: StagedFile): string =>
  isMomentTyped(staged) ? ' The time at which it was taken was typed.' : '';
