import type {
  ColumnMapping,
  DateChoices,
  DateColumn,
  ImportKind,
  InspectedTable,
} from '../../contract/imports.contract.ts';
import {
  columnRules,
  headerSignature,
  kindOfHeaders,
  mappedColumns,
} from '../../domain/register/column-mapping.ts';
import { sayTitleMoment } from '../../domain/register/extract-moment.ts';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { parseGoFileName } from '../../domain/register/go-envelope.ts';
import {
  type FieldSpec,
  type TabularKind,
  tabularFields,
  tabularKinds,
} from '../../domain/register/tabular-fields.ts';
import { ServiceError } from '../ground/service-error.ts';
import { type ChosenFile, toServiceError } from './import-context.ts';
import type { ImportFiles, ImportRepository } from './import-ports.ts';
import { looksLikeJson } from './one-forms.ts';
import { lookingColumns } from './table-dates.ts';
import { chooseMapping, momentToInstant } from './table-import.ts';

/**
 * What a file is at first sight: its size, and its kind by name and first bytes (null when like nothing known). Throws
 * ServiceError FILE_REFUSED where it cannot be any kind: empty, binary, too large, UTF-16.
 */
export function lookAtFile(
  files: ImportFiles,
  file: ChosenFile,
): { readonly bytes: number; readonly looksLike: ImportKind | null } {
  try {
    const head = files.readHead(file.path);
    return { bytes: files.size(file.path), looksLike: kindOf(files, file, head) };
  } catch (error) {
    throw toServiceError(error);
  }
}

function kindOf(files: ImportFiles, file: ChosenFile, head: string): ImportKind | null {
  if (parseGoFileName(file.name) || head.startsWith('HDR')) return 'go';
  if (looksLikeJson(head)) return /"(?:forms|reference)"/.test(head) ? 'oneforms' : null;
  try {
    return kindOfHeaders(files.inspectTable(file.path, null).headers);
  } catch (error) {
    // A table without a known header is a kind not known, and the person may still say which.
    if (error instanceof FileRefused && error.refusal.code === 'no-header-row') return null;
    throw error;
  }
}

const isTabular = (kind: ImportKind): kind is TabularKind =>
  (tabularKinds as readonly string[]).includes(kind);

/** Headers, a few rows, and the mapping remembered or suggested. Throws ServiceError FILE_REFUSED. */
export function inspectFile(
  files: ImportFiles,
  imports: ImportRepository,
  file: ChosenFile,
  kind: ImportKind,
): InspectedTable {
  if (!isTabular(kind)) {
    throw new ServiceError('FILE_REFUSED', 'A GO file has no columns to match. Check it as it is.');
  }
  try {
    const shape = files.inspectTable(file.path, kind);
    const { mapping, remembered } = chooseMapping(imports, kind, shape, null);
    const fields: readonly FieldSpec[] = tabularFields[kind];
    return {
      headers: [...shape.headers],
      sample: shape.sample.map((row) => [...row]),
      headerLine: shape.headerLine,
      encoding: shape.encoding,
      delimiter: shape.delimiter,
      fields: fields.map(mappingField),
      suggestion: { ...mapping },
      remembered,
      takenAt: momentToInstant(shape.takenAt, files),
      takenAtWords: shape.takenAt === null ? null : sayTitleMoment(shape.takenAt, files.toInstant),
    };
  } catch (error) {
    throw toServiceError(error);
  }
}

const mappingField = ({ field, label, required, hint, unless, date }: FieldSpec) => ({
  ...{ field, label, required, hint, date: date !== undefined },
  ...(unless !== undefined && { unless }),
});

/** What is asked of a file's date columns, and what the person has said of them so far. */
export interface DatesAsked {
  readonly kind: ImportKind;
  readonly mapping: ColumnMapping;
  readonly dates: DateChoices;
}

/** Rows between two pauses: some milliseconds of work, so that the screens' other questions are answered meanwhile. */
const LOOKED_AT_ONCE = 2000;

/**
 * Reads the mapped date columns of a file to their end, and says how each is written. Throws ServiceError FILE_REFUSED
 * where the file cannot be read to its end.
 */
export async function readDates(
  files: ImportFiles,
  imports: ImportRepository,
  file: ChosenFile,
  { kind, mapping, dates }: DatesAsked,
  pause: () => Promise<void>,
): Promise<readonly DateColumn[]> {
  if (!isTabular(kind)) return [];
  try {
    const shape = files.inspectTable(file.path, kind);
    const columns = mappedColumns(mapping, shape.headers);
    const remembered = imports.readMapping(kind, headerSignature(shape.headers))?.dates ?? {};
    const look = lookingColumns({ kind, columns, said: { chosen: dates, remembered } });
    let rows = 0;
    const rules = columnRules(kind, columns, shape.delimiter, shape.headers.length);
    for (const batch of files.readTable(file.path, shape, () => {}, rules)) {
      for (const { cells, line } of batch.rows) {
        look.see(cells, line);
        rows += 1;
        if (rows % LOOKED_AT_ONCE === 0) await pause();
      }
    }
    return look.found().map((found) => ({
      ...found,
      choices: [...found.choices],
      header: mapping[found.field] ?? '',
    }));
  } catch (error) {
    throw toServiceError(error);
  }
}
