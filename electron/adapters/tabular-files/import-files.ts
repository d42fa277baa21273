import { statSync } from 'node:fs';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import type { ImportFiles, OnBytes } from '../../services/imports/import-ports.ts';
import { type ReadOptions, readHead, readLines } from '../esr-files/read-lines.ts';
import { londonToInstant } from './london-instant.ts';
import { readOneFormsJson } from './one-forms-json.ts';
import { readTable } from './read-rows.ts';
import { inspectTable } from './read-table.ts';

/** The imports' view of the disk. `maxFileBytes` as in `ReadOptions`. */
export function createImportFiles(
  limits: Pick<ReadOptions, 'maxFileBytes' | 'maxLineBytes'> = {},
): ImportFiles {
  const watched = (onBytes: OnBytes): ReadOptions => ({ ...limits, onProgress: onBytes });
  return {
    readLines: (path, onBytes) => readLines(path, watched(onBytes)),
    inspectTable: (path, kind) => inspectTable(path, kind, limits),
    readTable: (path, shape, onBytes, rules) => readTable(path, shape, watched(onBytes), rules),
    readOneFormsJson: (path, onBytes) => readOneFormsJson(path, londonToInstant, watched(onBytes)),
    readHead: (path) => readHead(path, limits).text,
    size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? refuseFile('unreadable'),
    toInstant: londonToInstant,
  };
}
