import type { ImportOperations } from '../../services/imports/operations.ts';
import type { ServiceContext } from '../../services/ports.ts';
import { notFound } from '../../services/service-error.ts';
import type { JobRunner } from './job-runner.ts';

export interface ImportOperationParts {
  readonly context: ServiceContext;
  readonly runner: JobRunner;
}

export function createImportOperations(_parts: ImportOperationParts): ImportOperations {
  const missing = () => {
    throw notFound('This file');
  };
  return { offerFile: missing, inspectTable: missing, preview: missing, apply: missing };
}
