import type { Settings } from '../../contract/settings.contract.ts';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import { DEFAULT_TRAINING_WORDS } from '../../domain/access/training-words.ts';
import type { JsonValue } from '../../domain/ledger/canonical-json.ts';
import type { SettingRepository } from './ports.ts';

export const DEFAULT_SETTINGS: Settings = {
  idleMinutes: 10,
  maxExtractAgeDays: 7,
  informationGovernanceRequired: true,
  trainingCompetences: [...DEFAULT_TRAINING_WORDS.competences],
  trainingPassed: [...DEFAULT_TRAINING_WORDS.passed],
  endDateMeaning: 'last-day',
  largestLossPercent: 5,
};

/** The store's settings, with the default for whatever was never set. */
export function readSettings(settings: SettingRepository): Settings {
  const stored = settings.read('settings');
  return { ...DEFAULT_SETTINGS, ...(isObject(stored) ? (stored as Partial<Settings>) : {}) };
}

export const writeSettings = (settings: SettingRepository, value: Settings): void =>
  settings.write('settings', { ...value });

/** The catalogue is written when a store is made, from `resources/access-catalogue.json`, and is the store's own from then on. */
export function readCatalogue(settings: SettingRepository): AccessCatalogue {
  const stored = settings.read('catalogue');
  if (!isObject(stored)) throw new Error('the store has no access catalogue');
  return stored as unknown as AccessCatalogue;
}

/** A setting may be anything that is JSON, and may have been written by another version. */
export const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
