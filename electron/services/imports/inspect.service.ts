import type { ImportKind, InspectedTable } from '../../contract/imports.contract.ts';
import { kindOfHeaders } from '../../domain/register/column-mapping.ts';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { parseGoFileName } from '../../domain/register/go-envelope.ts';
import {
  type FieldSpec,
  type TabularKind,
  tabularFields,
  tabularKinds,
} from '../../domain/register/tabular-fields.ts';
import { ServiceError } from '../service-error.ts';
import { type ChosenFile, toServiceError } from './import-context.ts';
import type { ImportFiles, ImportRepository } from './import-ports.ts';
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
  if (/^\s*[{[]/.test(head)) return head.includes('"forms"') ? 'oneforms' : null;
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
      fields: fields.map(({ field, label, required, hint }) => ({ field, label, required, hint })),
      suggestion: { ...mapping },
      remembered,
      takenAt: momentToInstant(shape.takenAt, files),
    };
  } catch (error) {
    throw toServiceError(error);
  }
}
