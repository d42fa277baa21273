import { join } from 'node:path';
import type { LogEntry } from '../core/messages.ts';

export interface Log {
  /** Resolves when it is in the file; nobody but a program that ends need wait for that. */
  readonly write: (level: 'info' | 'warn' | 'error', entry: LogEntry) => Promise<void>;
}

/**
 * The program's own log in the user-data folder: one megabyte, then one older file. Entries are structured and free of data. What
 * writes them is loaded with the first of them, which most starts never have.
 */
export function openLog(userDataDir: string): Log {
  const open = async () => {
    const { default: log } = await import('electron-log/node');
    log.transports.file.resolvePathFn = () => join(userDataDir, 'logs', 'main.log');
    log.transports.file.maxSize = 1024 * 1024;
    log.transports.console.level = false;
    return log;
  };
  let opened: ReturnType<typeof open> | null = null;
  return {
    write: async (level, entry) => {
      opened ??= open();
      (await opened)[level](JSON.stringify(entry));
    },
  };
}
