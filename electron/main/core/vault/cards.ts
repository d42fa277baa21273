import { createHmac, randomBytes } from 'node:crypto';
import { readCardSettings, writeCardSettings } from '../../../adapters/keys/card-settings-file.ts';
import { cardWrapMessage, cardWrapOf, cardWrapState } from '../../../adapters/keys/card-wraps.ts';
import { CARD_SALT_BYTES } from '../../../adapters/keys/wraps.ts';
import type {
  CardChallenge,
  CardEnrolment,
  CardKey,
  CardSettingsBeside,
  CardSettingsReading,
} from '../../../services/session/vault.ts';
import { filesIn, type KeychainFor, readBeside, withDeviceSecret } from './store-folder.ts';

export interface StoreCards {
  readonly enrolment: (folder: string, card: CardKey) => Promise<CardEnrolment>;
  readonly challenge: (folder: string, card: CardKey) => Promise<CardChallenge | null>;
  readonly newWrap: (folder: string) => { readonly salt: Uint8Array; readonly message: Uint8Array };
  readonly deviceId: (folder: string) => Promise<string>;
  readonly settings: (folder: string) => Promise<CardSettingsReading>;
  readonly writeSettings: (folder: string, settings: CardSettingsBeside) => Promise<void>;
}

/** HMAC-SHA256(device secret, "device"), base64url: names the PC and tells nothing of its secret. */
export const deviceIdOf = (secret: Uint8Array): string =>
  createHmac('sha256', secret).update('device').digest('base64url');

/** What is known of cards, and of this PC, by the files beside the store and the device secret: none of it needs the data key. */
export function createStoreCards(keychainFor: KeychainFor): StoreCards {
  return {
    enrolment: (folder, card) =>
      withDeviceSecret(keychainFor, folder, ({ keyring, secret }) =>
        cardWrapState(keyring, { ...card, deviceSecret: secret }),
      ),
    challenge: (folder, card) =>
      withDeviceSecret(keychainFor, folder, ({ keyring, secret }): CardChallenge | null => {
        const { storeId } = keyring;
        const wrap = cardWrapOf(keyring, { ...card, deviceSecret: secret });
        if (wrap === null) return null;
        if (wrap.binding === 'device') return { binding: 'device', storeId, wrapMessage: null };
        const wrapMessage = cardWrapMessage(storeId, Buffer.from(wrap.salt, 'base64url'));
        return { binding: 'signature', storeId, wrapMessage };
      }),
    newWrap: (folder) => {
      const salt = randomBytes(CARD_SALT_BYTES);
      return { salt, message: cardWrapMessage(readBeside(folder).keyring.storeId, salt) };
    },
    deviceId: (folder) => withDeviceSecret(keychainFor, folder, ({ secret }) => deviceIdOf(secret)),
    settings: (folder) =>
      withDeviceSecret(keychainFor, folder, ({ keyring, secret }) =>
        readCardSettings({
          file: filesIn(folder).cards,
          storeId: keyring.storeId,
          deviceSecret: secret,
        }),
      ),
    writeSettings: (folder, settings) =>
      withDeviceSecret(keychainFor, folder, ({ keyring, secret }) =>
        writeCardSettings(
          { file: filesIn(folder).cards, storeId: keyring.storeId, deviceSecret: secret },
          settings,
        ),
      ),
  };
}
