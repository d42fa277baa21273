import type { ImportKind } from '../../contract/imports.contract.ts';
import type { SignedIn } from '../ground/permit.ts';
import type { JobControl } from '../ground/ports.ts';
import { applyImport } from './import.service.ts';
import type { ImportContext } from './import-context.ts';

/**
 * What a new training store begins with, in the order in which a trust would import it. The later extracts of the sample
 * (a changes file and a second holdings export) stay on disk for the learner to import.
 */
export const SAMPLE_FILES: readonly { readonly name: string; readonly kind: ImportKind }[] = [
  { name: 'GO_919_TST_GOF_20261102_00000101.DAT', kind: 'go' },
  { name: 'holdings-1.csv', kind: 'holdings' },
  { name: 'as-numbers.csv', kind: 'as-numbers' },
  { name: 'training.csv', kind: 'training' },
  { name: 'oneforms.csv', kind: 'oneforms' },
  { name: 'oneforms.json', kind: 'oneforms' },
];

/** Imports the sample trust through the ordinary imports, one file after the other, with one bar for all of them. */
export async function loadSample(
  context: ImportContext,
  folder: string,
  actor: SignedIn,
): Promise<{ readonly files: number }> {
  for (const [index, { name, kind }] of SAMPLE_FILES.entries()) {
    await applyImport(
      { ...context, job: shareOf(context.job, index) },
      { path: `${folder}/${name}`, name },
      { kind, mapping: null, takenAt: null, startingPosition: kind === 'holdings' ? true : null },
      null,
      actor,
    );
  }
  return { files: SAMPLE_FILES.length };
}

/** One file's progress as its share of the whole. */
const shareOf = (job: JobControl, index: number): JobControl => ({
  ...job,
  progress: (phase, fraction, rows) =>
    job.progress(
      `File ${index + 1} of ${SAMPLE_FILES.length}: ${phase}`,
      (index + (fraction ?? 0)) / SAMPLE_FILES.length,
      rows,
    ),
});
