import { type CardSettings, cardSettings } from '../../contract/security.contract.ts';
import type { SettingRepository } from '../ground/ports.ts';

export const DEFAULT_CARD_SETTINGS: CardSettings = {
  modulePaths: [],
  subjectRule: 'O=nhs,OU=People,CN=^(\\d{12})$',
  trustAnchors: '',
  revocationLists: [],
  removalLocks: true,
  signatures: {
    'approve-request': 'none',
    exception: 'card-or-password',
    'urgent-removal': 'none',
    'audit-sign-off': 'card-or-password',
  },
};

/** The store's own; what is needed before it is open lies beside it as well (`Vault.cardSettings`). */
export function readCardSettings(settings: SettingRepository): CardSettings {
  const stored = cardSettings.safeParse(settings.read('cards'));
  return stored.success ? stored.data : DEFAULT_CARD_SETTINGS;
}

export const writeCardSettings = (settings: SettingRepository, value: CardSettings): void =>
  settings.write('cards', { ...value });
