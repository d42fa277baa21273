import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { StoreError } from '../../../db/connection.ts';
import { KeyFileError, writeKeyFile } from '../../adapters/keys/key-file.ts';
import { ServiceError } from '../../services/ground/service-error.ts';
import { explainError } from './explain-error.ts';

const system = (code: string) =>
  Object.assign(new Error(`${code}: /home/somebody`), { code, syscall: 'open' });
const holder = { host: 'PC-17', user: 'somebody', pid: 1, since: '2026-11-20T09:00:00.000Z' };

it.each([
  [
    'a refusal of a service',
    new ServiceError('STALE', 'Changed.', { revision: 2 }),
    'STALE',
    { revision: 2 },
  ],
  ['a full disk under the store', new Database.SqliteError('full', 'SQLITE_FULL'), 'DISK_FULL', undefined],
  [
    'a failing disk under the store',
    new Database.SqliteError('io', 'SQLITE_IOERR_FSYNC'),
    'DISK_FAILED',
    undefined,
  ],
  ['a full disk beside the store', new KeyFileError(system('ENOSPC')), 'DISK_FULL', undefined],
  ['a full disk for a folder', system('ENOSPC'), 'DISK_FULL', undefined],
  ['a folder that may not be written', system('EACCES'), 'DISK_FAILED', undefined],
  ['a wrong key', new StoreError('WRONG_KEY'), 'KEY_STATE', undefined],
  ['a store in use by nobody named', new StoreError('STORE_IN_USE'), 'STORE_IN_USE', undefined],
  [
    'a store in use',
    new StoreError('STORE_IN_USE', { holder }),
    'STORE_IN_USE',
    { user: 'somebody', host: 'PC-17', since: holder.since },
  ],
])('%s has its own code', (_what, error, code, details) => {
  const explained = explainError(error);
  expect(explained).toMatchObject({ code });
  expect(explained?.details).toEqual(details);
  // A sentence may be logged: who and where stay out of it.
  expect(explained?.message).not.toMatch(/somebody|PC-17/);
});

it('a real refusal of the disk is one, and a bug is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'esr-explain-'));
  mkdirSync(join(folder, 'taken'));
  let caught: unknown;
  try {
    writeKeyFile(join(folder, 'taken'), {});
  } catch (error) {
    caught = error;
  }
  rmSync(folder, { recursive: true });
  expect(explainError(caught)?.code).toBe('DISK_FAILED');
  for (const bug of [
    new TypeError('x'),
    system('ENOENT'),
    new Database.SqliteError('x', 'SQLITE_CONSTRAINT'),
    'text',
    null,
  ])
    expect(explainError(bug)).toBeNull();
});
