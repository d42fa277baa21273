import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, contract, type OperationName } from '../../contract/contract.ts';
import { MAX_INPUT_CHARACTERS, type Operation } from '../../contract/operation.ts';

export type Handler = (input: unknown, correlationId: string) => Promise<Answer<unknown>>;

interface Receiver {
  readonly name: OperationName;
  readonly handler: Handler;
  readonly onException: (error: unknown, operation: OperationName, correlationId: string) => void;
}

/**
 * What came from our own page: its size, then its shape, and only then the handler (which asks who may). A refusal names paths and
 * kinds of what is wrong, never a value.
 */
export async function receive(
  { name, handler, onException }: Receiver,
  input: unknown,
): Promise<Answer<unknown>> {
  const correlationId = randomUUID();
  const refuse = (message: string, paths?: readonly string[]): Answer<unknown> => ({
    ok: false,
    code: 'INVALID_INPUT',
    message,
    correlationId,
    ...(paths === undefined ? {} : { details: { paths } }),
  });
  if (!withinSize(input)) return refuse('The request is too large or not plain data.');
  const operation: Operation = contract[name];
  const parsed = operation.input.safeParse(input);
  if (!parsed.success)
    return refuse('Something in the request is not as it should be.', pathsOf(parsed.error));
  try {
    return await handler(parsed.data, correlationId);
  } catch (error) {
    onException(error, name, correlationId);
    const message =
      'Something went wrong in the program. Nothing was changed. Quote the number when you report it.';
    return { ok: false, code: 'UNEXPECTED', message, correlationId };
  }
}

function withinSize(input: unknown): boolean {
  try {
    const text = JSON.stringify(input);
    return text === undefined || text.length <= MAX_INPUT_CHARACTERS;
  } catch {
    return false;
  }
}

/** Paths and kinds of what is wrong, never the values. */
const pathsOf = (error: z.ZodError): readonly string[] =>
  error.issues.slice(0, 20).map((issue) => `${z.core.toDotPath(issue.path) || '(input)'}: ${issue.code}`);
