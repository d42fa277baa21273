import { StoreError } from '../../../db/connection.ts';
import { classifyStoreError } from '../../../db/store-error.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { ServiceError } from '../../services/service-error.ts';

/** What an error of the store, the keys or a service means to the person; null for what is a bug. */
export function explainError(error: unknown): { readonly code: ErrorCode; readonly message: string } | null {
  if (error instanceof ServiceError) return { code: error.code, message: error.message };
  const code = classifyStoreError(error);
  if (code === null) return null;
  const { message } = error instanceof StoreError ? error : new StoreError(code, { cause: error });
  switch (code) {
    case 'STORE_MISSING':
    case 'WRONG_KEY':
      return { code: 'KEY_STATE', message };
    default:
      return { code, message };
  }
}
