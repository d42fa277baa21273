import { goDate } from './dates.ts';
import {
  locationRow,
  organisationRow,
  otherRecordRows,
  personWithChildren,
  positionRow,
  type RowContext,
} from './go-rows.ts';
import type { Trust } from './model.ts';
import type { TextFile } from './text-files.ts';

export const FULL_SEQUENCE = 101;
export const CHANGES_SEQUENCE = 102;

export function goFileName(vpd: string, kind: 'F' | 'C', day: string, sequence: number): string {
  return `GO_${vpd}_TST_GO${kind}_${goDate(day)}_${String(sequence).padStart(8, '0')}.DAT`;
}

export interface GoEnvelope {
  readonly name: string;
  readonly vpd: string;
  readonly created: string;
  readonly previousRun: string;
  readonly run: string;
}

/** Puts header and trailer round the rows; the trailer counts every row, both ends included. */
function* enveloped(envelope: GoEnvelope, rows: Iterable<string>): Generator<string> {
  const { name, created, vpd, previousRun, run } = envelope;
  yield ['HDR', name, created, vpd, previousRun, run, '02'].join('~');
  let count = 2;
  for (const line of rows) {
    count += 1;
    yield line;
  }
  yield `TRL~${count}`;
}

export function goFile(envelope: GoEnvelope, rows: Iterable<string>): TextFile {
  return {
    name: envelope.name,
    lineEnd: '\r\n',
    encoding: 'utf-8',
    bom: false,
    frameLines: 2,
    lines: enveloped(envelope, rows),
  };
}

/** Every row of the full file, people in the order of their person ids as ESR writes them. */
export function* fullRows(trust: Trust, context: RowContext): Generator<string> {
  const { structure } = trust;
  for (const location of structure.locations) yield locationRow(location, context);
  for (const organisation of structure.organisations) yield organisationRow(organisation, context);
  for (const position of structure.positions) yield positionRow(position, context);
  const ordered = [...trust.people].sort((a, b) => a.personId - b.personId);
  for (const person of ordered) {
    yield* personWithChildren(person, context);
    if (trust.options.otherRecords) yield* otherRecordRows(person, context);
  }
}
