import type { IsoInstant } from '../../domain/dates.ts';
import type { Clock, SettingRepository } from '../ground/ports.ts';
import { isObject } from '../ground/store-settings.ts';

const KEY = 'ledger-verified';

/** What the last verification of the ledger found. */
export interface LastVerification {
  readonly at: IsoInstant;
  readonly sound: boolean;
  readonly size: number;
  /** Hex. */
  readonly rootHash: string;
}

/** Null where there was none; one that was noted by an earlier program has no size, and counts as of an empty ledger. */
export function readLastVerification(settings: SettingRepository): LastVerification | null {
  const noted = settings.read(KEY);
  if (!isObject(noted) || typeof noted.at !== 'string') return null;
  const { at, sound, size, rootHash } = noted;
  return {
    at,
    sound: sound === true,
    size: typeof size === 'number' ? size : 0,
    rootHash: typeof rootHash === 'string' ? rootHash : '',
  };
}

export const noteVerification = (
  settings: SettingRepository,
  clock: Clock,
  { sound, size, rootHash }: Omit<LastVerification, 'at'>,
): void => settings.write(KEY, { at: clock.now(), sound, size, rootHash });
