import { join } from 'node:path';
import log from 'electron-log/node';
import type { LogEntry } from '../core/messages.ts';

export interface Log {
  readonly write: (level: 'info' | 'warn' | 'error', entry: LogEntry) => void;
}

/** The program's own log in the user-data folder: one megabyte, then one older file. Entries are structured and free of data. */
export function openLog(userDataDir: string): Log {
  log.transports.file.resolvePathFn = () => join(userDataDir, 'logs', 'main.log');
  log.transports.file.maxSize = 1024 * 1024;
  log.transports.console.level = false;
  return { write: (level, entry) => log[level](JSON.stringify(entry)) };
}
