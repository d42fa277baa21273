import type { ErrorDetails } from '../../contract/contract.ts';
import type { ErrorCode } from '../../contract/errors.ts';

/** An expected refusal: has a code and one sentence with the next step. Anything else that is thrown is a bug. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.details = details;
  }
}

export const notFound = (what: string): ServiceError =>
  new ServiceError('NOT_FOUND', `${what} is not here any more. Go back and read the list again.`);
