import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../domain/ledger/canonical-json.ts';
import type { CardSettingsBeside, CardSettingsReading } from '../../services/session/vault.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';

/** The contract's shape with room, so that what it took can be read again whatever it is narrowed to later. */
const settingsSchema = z.strictObject({
  modulePaths: z.array(z.string().max(1_000)).max(50),
  subjectRule: z.string().max(1_000),
  trustAnchors: z.string().max(200_000),
  revocationLists: z.array(z.string().max(1_000)).max(50),
  removalLocks: z.boolean(),
});

const fileSchema = z.strictObject({
  version: z.literal(1),
  settings: settingsSchema,
  mac: z.string().max(64),
});

export interface CardSettingsPlace {
  readonly file: string;
  readonly storeId: string;
  readonly deviceSecret: Uint8Array;
}

/**
 * `altered`: it is there and was not written for this store on this PC, or not so. It says which code is loaded and whose
 * certificates are believed before anybody has signed in: an altered one is never used.
 */
export function readCardSettings({ file, storeId, deviceSecret }: CardSettingsPlace): CardSettingsReading {
  const reading = readKeyFile(file, fileSchema, 1);
  if (reading.kind === 'missing') return { state: 'none' };
  if (reading.kind !== 'present') return { state: 'altered' };
  const { settings, mac } = reading.value;
  const seen = Buffer.from(mac, 'base64url');
  const expected = macOf(storeId, deviceSecret, settings);
  return expected !== null && seen.length === expected.length && timingSafeEqual(seen, expected)
    ? { state: 'present', settings }
    : { state: 'altered' };
}

/** Throws KeyFileError; a RangeError for text that has no canonical form (half of a surrogate pair). */
export function writeCardSettings(place: CardSettingsPlace, settings: CardSettingsBeside): void {
  const { modulePaths, subjectRule, trustAnchors, revocationLists, removalLocks } = settings;
  // Field by field: whatever else the caller's object carries stays out of a file that lies open.
  const kept = settingsSchema.parse({
    modulePaths,
    subjectRule,
    trustAnchors,
    revocationLists,
    removalLocks,
  });
  const mac = macOf(place.storeId, place.deviceSecret, kept);
  if (mac === null) throw new RangeError('Card settings that have no canonical form.');
  writeKeyFile(place.file, { version: 1, settings: kept, mac: mac.toString('base64url') });
}

function macOf(
  storeId: string,
  deviceSecret: Uint8Array,
  settings: z.infer<typeof settingsSchema>,
): Buffer | null {
  const key = Buffer.from(hkdfSync('sha256', deviceSecret, storeId, 'esr-access-desk card settings v1', 32));
  try {
    return createHmac('sha256', key).update(canonicalJson(settings)).digest();
  } catch {
    return null;
  } finally {
    key.fill(0);
  }
}
