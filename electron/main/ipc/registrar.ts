import { randomUUID } from 'node:crypto';
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type Answer, type OperationName, operationNames } from '../../contract/contract.ts';
import { type Handler, receive } from '../../services/ground/receive.ts';

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
  const page = options.ourPage();
  const frame = event.senderFrame;
  const ours = page !== null && frame !== null && event.sender === page && frame === page.mainFrame;
  // Chromium's own word for the origin: to Node's URL, a scheme of our own has none.
  if (!ours || frame.origin !== options.origin) {
    const message = 'This page may not use the program.';
    return { ok: false, code: 'NOT_PERMITTED', message, correlationId: randomUUID() };
  }
  return receive({ name, handler, onException: options.onException }, input);
}
