import { randomUUID } from 'node:crypto';
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import { type Answer, contract, type OperationName, operationNames } from '../../contract/contract.ts';
import { MAX_INPUT_CHARACTERS, type Operation } from '../../contract/operation.ts';

export type Handler = (input: unknown, correlationId: string) => Promise<Answer<unknown>>;

export interface RegistrarOptions {
  readonly handlers: ReadonlyMap<OperationName, Handler>;
  /** The one page that may speak: our window's contents. */
  readonly ourPage: () => WebContents | null;
  readonly origin: string;
  readonly onException: (error: unknown, operation: OperationName, correlationId: string) => void;
}

/**
 * Registers every operation of the contract, once, or throws: an operation without a handler is a fault at start, not at first use.
 * Order of the checks: the frame that speaks, the size, the shape; only then the handler (which asks who may).
 */
export function registerOperations(options: RegistrarOptions): void {
  for (const name of operationNames) {
    const handler = options.handlers.get(name);
    if (handler === undefined) throw new Error(`No handler for ${name}`);
    ipcMain.handle(name, (event, input: unknown) => answer(options, name, handler, event, input));
  }
  for (const name of options.handlers.keys()) {
    if (!operationNames.includes(name)) throw new Error(`${name} is not in the contract`);
  }
}

async function answer(
  options: RegistrarOptions,
  name: OperationName,
  handler: Handler,
  event: IpcMainInvokeEvent,
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
  const page = options.ourPage();
  const frame = event.senderFrame;
  const ours = page !== null && frame !== null && event.sender === page && frame === page.mainFrame;
  // Chromium's own word for the origin: to Node's URL, a scheme of our own has none.
  if (!ours || frame.origin !== options.origin) {
    return { ok: false, code: 'NOT_PERMITTED', message: 'This page may not use the program.', correlationId };
  }
  if (!withinSize(input)) return refuse('The request is too large or not plain data.');
  const operation: Operation = contract[name];
  const parsed = operation.input.safeParse(input);
  if (!parsed.success)
    return refuse('Something in the request is not as it should be.', pathsOf(parsed.error));
  try {
    return await handler(parsed.data, correlationId);
  } catch (error) {
    options.onException(error, name, correlationId);
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
