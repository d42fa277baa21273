import { ServiceError } from '../ground/service-error.ts';
import type { FileOptions } from './import-context.ts';
import type { ImportReport } from './import-report.ts';

/** What the person was asked a reason for, and their words. */
export interface ReasonGiven {
  readonly for: readonly string[];
  readonly said: string;
}

/** Throws ServiceError REFUSED where the file may be taken only with a reason, and none was given. */
export function checkReason({ reason }: FileOptions, report: ImportReport): void {
  const [asked] = report.reasonsAsked();
  if (asked === undefined || (reason ?? null) !== null) return;
  throw new ServiceError('REFUSED', `${asked.sentence} Say why it is taken all the same, then import it.`);
}

/** Null where nothing was asked: a reason that nobody asked for would stand in the ledger for what the file is not. */
export function reasonGiven({ reason }: FileOptions, report: ImportReport): ReasonGiven | null {
  const asked = report.reasonsAsked();
  return asked.length === 0 || !reason ? null : { for: asked.map(({ why }) => why), said: reason };
}
