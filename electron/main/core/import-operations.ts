import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { StoreConnection } from '../../../db/connection.ts';
import { createImportRepository } from '../../../db/repositories/imports.repository.ts';
import { createImportUndo } from '../../../db/staging/undo-import.ts';
import { createImportFiles } from '../../adapters/tabular-files/import-files.ts';
import type { ServiceContext } from '../../services/ground/ports.ts';
import { notFound } from '../../services/ground/service-error.ts';
import { inspectFile, lookAtFile, readDates } from '../../services/imports/inspect.service.ts';
import type { ImportOperations } from '../../services/imports/operations.ts';
import { restsOnImport } from '../../services/imports/undo-import.ts';
import type { FileToRead } from './job-messages.ts';
import type { JobRunner } from './job-runner.ts';

export interface ImportOperationParts {
  readonly context: ServiceContext;
  readonly runner: JobRunner;
  readonly connection: () => StoreConnection;
}

/** How many offered files are remembered; the page offers one at a time, and an older one is simply offered again. */
const REMEMBERED = 20;

/** Looks at files here, at once; reads them whole in a job. The page knows a file by its id and never by its path. */
export function createImportOperations({
  context,
  runner,
  connection,
}: ImportOperationParts): ImportOperations {
  const files = createImportFiles();
  const offered = new Map<string, FileToRead>();
  const file = (fileId: string): FileToRead => {
    const found = offered.get(fileId);
    if (found === undefined) throw notFound('This file');
    return found;
  };
  return {
    offerFile: ({ path }) => {
      const chosen = { path, name: basename(path) };
      const { bytes, looksLike } = lookAtFile(files, chosen);
      const fileId = context.ids.next();
      offered.set(fileId, chosen);
      for (const oldest of offered.keys()) {
        if (offered.size <= REMEMBERED) break;
        offered.delete(oldest);
      }
      return { fileId, name: chosen.name, bytes, looksLike };
    },
    inspectTable: ({ fileId, kind }) =>
      inspectFile(files, createImportRepository(connection()), file(fileId), kind),
    readDates: async ({ fileId, ...asked }) => ({
      columns: [
        ...(await readDates(files, createImportRepository(connection()), file(fileId), asked, setImmediate)),
      ],
    }),
    preview: async (options) => {
      const chosen = file(options.fileId);
      return runner.run(`Checking ${chosen.name}`, { kind: 'preview', file: chosen, options });
    },
    apply: async ({ actor }, { sha256, ...options }) => {
      const chosen = file(options.fileId);
      const task = { kind: 'apply', file: chosen, options, sha256, actor } as const;
      return runner.run(`Importing ${chosen.name}`, task);
    },
    restsOn: (input) => restsOnImport(createImportUndo(connection()), input),
    undo: ({ actor }, { id, reason }) =>
      runner.run('Undoing an import', { kind: 'undo-import', id, reason, actor }),
  };
}
