import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A page as Chromium's own debugging port shows it, on this computer only. Nothing of it is in the program. */
export interface PageLink {
  readonly send: <T = unknown>(method: string, params?: object) => Promise<T>;
  /** Evaluates an expression in the page (a promise is awaited) and answers its value, which must be plain data. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  readonly close: () => void;
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

const TRY_EVERY_MS = 50;

async function until<T>(what: string, seconds: number, look: () => Promise<T | null> | T | null): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`${what}: nothing within ${seconds} s`);
    await pause(TRY_EVERY_MS);
  }
}

/** Links to the first page of the Electron that runs on `userData`. It must have been started with --remote-debugging-port=0. */
export async function linkToPage(userData: string): Promise<PageLink> {
  const file = path.join(userData, 'DevToolsActivePort');
  // The file is there a moment before its first line.
  const port = await until('debugging port', 60, () =>
    existsSync(file) ? (/^(\d+)\n/.exec(readFileSync(file, 'utf8'))?.[1] ?? null) : null,
  );
  const target = await until('page', 60, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = (await answer.json()) as readonly Target[];
    return targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank') ?? null;
  });
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number;
      result?: never;
      error?: { message: string };
    };
    if (id === undefined) return;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result as never);
    else asked?.reject(new Error(error.message));
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the window has gone'));
    waiting.clear();
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the page refused the link')), { once: true });
  });
  const send: PageLink['send'] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    send,
    evaluate: async <T>(expression: string): Promise<T> => {
      const { result, exceptionDetails } = await send<{
        result: { value: T };
        exceptionDetails?: { text: string; exception?: { description?: string } };
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    close: () => socket.close(),
  };
}
