import type { LogEntry } from '../core/messages.ts';

/** An exception as the log may know it: its class, its code and its stack's places, never its message (it may hold data). */
export function describeError(what: string, error: unknown, correlationId?: string): LogEntry {
  const entry = { what, ...(correlationId === undefined ? {} : { correlationId }) };
  if (!(error instanceof Error)) return { ...entry, code: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const where = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) =>
      line.trim().replace(/\(?(?:file:\/\/)?[^\s(]*[\\/]((?:out|node_modules|app\.asar)[\\/])/, '$1'),
    );
  return { ...entry, code, where };
}
