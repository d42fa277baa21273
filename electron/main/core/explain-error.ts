import { StoreError } from '../../../db/connection.ts';
import { classifyStoreError } from '../../../db/store-error.ts';
import { KeyFileError } from '../../adapters/keys/key-file.ts';
import type { ErrorDetails } from '../../contract/contract.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { ServiceError } from '../../services/ground/service-error.ts';

interface Explained {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** What an error of the store, the keys or a service means to the person; null for what is a bug. */
export function explainError(error: unknown): Explained | null {
  if (error instanceof ServiceError) {
    const { code, message, details } = error;
    return { code, message, ...(details === undefined ? {} : { details }) };
  }
  if (error instanceof KeyFileError) return { code: error.code, message: error.message };
  const code = classifyStoreError(error) ?? classifyFileError(error);
  if (code === null) return null;
  const { message, holder } = error instanceof StoreError ? error : new StoreError(code, { cause: error });
  switch (code) {
    case 'STORE_MISSING':
    case 'WRONG_KEY':
      return { code: 'KEY_STATE', message };
    case 'STORE_IN_USE':
      // Who it is, for the screen alone: the sentence may be logged.
      return holder === undefined
        ? { code, message }
        : { code, message, details: { user: holder.user, host: holder.host, since: holder.since } };
    default:
      return { code, message };
  }
}

/** Folders and small files beside the store: what the operating system says of the disk. */
function classifyFileError(error: unknown): 'DISK_FULL' | 'DISK_FAILED' | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'DISK_FULL';
    case 'EIO':
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'DISK_FAILED';
    default:
      return null;
  }
}
