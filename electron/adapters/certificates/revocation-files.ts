import { readFile, stat } from 'node:fs/promises';
import type { IsoInstant } from '../../domain/dates.ts';
import type { RevocationFile } from '../../services/cards/certificate-port.ts';

/** The lists of a whole country are some megabytes; what is larger is no list. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads revocation lists, and remembers for as long as the program runs when each could last be read. */
export function createRevocationReader(now: () => IsoInstant): (file: string) => Promise<RevocationFile> {
  const lastRead = new Map<string, IsoInstant>();
  return async (file) => {
    try {
      if ((await stat(file)).size > MOST_BYTES) throw new Error('too large');
      const bytes = await readFile(file);
      lastRead.set(file, now());
      return { state: 'read', bytes };
    } catch {
      return { state: 'unreachable', since: lastRead.get(file) ?? null };
    }
  };
}
