import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import pkcs11js from 'pkcs11js';
import type { CardModule } from '../../services/cards/card-port.ts';
import { returnValue } from './pkcs11-errors.ts';

export type Pkcs11 = pkcs11js.PKCS11;
export type Handle = pkcs11js.Handle;

export interface LoadedModule {
  readonly about: CardModule;
  /** Null unless `about.state` is `ready`. */
  readonly pkcs11: Pkcs11 | null;
}

/** Text that a card or a driver says of itself is nobody's word: no control characters, and an end to it. */
export function plainText(text: string, limit: number): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffd]+/g, ' ')
      .trim()
      .slice(0, limit)
  );
}

/**
 * Loads the first module of the list that is there and can be started.
 * @param onTry hears the file's name before each is loaded: what hangs or crashes in it answers nothing any more
 */
export function loadFirst(modulePaths: readonly string[], onTry: (name: string) => void): LoadedModule {
  const there = modulePaths.filter((path) => existsSync(path));
  for (const path of there) {
    const name = basename(path);
    onTry(name);
    try {
      const pkcs11 = new pkcs11js.PKCS11();
      pkcs11.load(path);
      initialise(pkcs11);
      const description = plainText(pkcs11.C_GetInfo().libraryDescription, 80);
      return { about: { state: 'ready', name: description ? `${description} (${name})` : name }, pkcs11 };
    } catch {
      // The next one may do. Why this one did not is the driver's own text, which may say anything.
    }
  }
  const first = there[0];
  if (first === undefined) return { about: { state: 'missing', name: null }, pkcs11: null };
  return { about: { state: 'failed', name: basename(first) }, pkcs11: null };
}

function initialise(pkcs11: Pkcs11): void {
  try {
    pkcs11.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK });
  } catch (error) {
    const value = returnValue(error);
    // The same library under two names of the list.
    if (value === pkcs11js.CKR_CRYPTOKI_ALREADY_INITIALIZED) return;
    if (value !== pkcs11js.CKR_CANT_LOCK) throw error;
    // One thread calls it, so a module without locks will do.
    pkcs11.C_Initialize();
  }
}
