import { type DeviceKind, deviceKind } from '../../contract/common.ts';
import type { IsoInstant } from '../../domain/dates.ts';
import type { SettingRepository, StoredUser } from '../ground/ports.ts';
import { isObject } from '../ground/store-settings.ts';

/** A PC that nobody has marked is a trust PC: the stricter of the two. */
export function readDevice(settings: SettingRepository, deviceId: string): DeviceKind {
  const marked = settings.read('devices');
  const kind = deviceKind.safeParse(isObject(marked) ? marked[deviceId] : undefined);
  return kind.success ? kind.data : 'trust';
}

export function markDevice(settings: SettingRepository, deviceId: string, kind: DeviceKind): void {
  const marked = settings.read('devices');
  settings.write('devices', { ...(isObject(marked) ? marked : {}), [deviceId]: kind });
}

/** An account that has ended lets nobody in, however long its glass was to stay broken. */
export const isGlassBroken = (
  { glassUntil, endedAt }: Pick<StoredUser, 'glassUntil' | 'endedAt'>,
  now: IsoInstant,
): boolean => endedAt === null && glassUntil !== null && Date.parse(now) < Date.parse(glassUntil);

/**
 * No way back (design.md, "Signing in"): where somebody has signed in by card on a trust PC, a trust PC takes their password no
 * more, but for as long as an owner has broken the glass.
 */
export const needsCard = (
  user: Pick<StoredUser, 'cardOnlySince' | 'glassUntil' | 'endedAt'>,
  device: DeviceKind,
  now: IsoInstant,
): boolean => user.cardOnlySince !== null && device === 'trust' && !isGlassBroken(user, now);
