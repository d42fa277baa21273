/** What we ask of the operating system's keychain; keytar's shape. */
export interface KeychainPort {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, value: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
}

export type DeviceSecretReading =
  /** 32 bytes; the caller zeroes them. */
  | { readonly state: 'present'; readonly secret: Uint8Array }
  | { readonly state: 'absent' }
  | { readonly state: 'locked' }
  | { readonly state: 'unavailable'; readonly reason: string };

export interface Keychain {
  readonly readDeviceSecret: (storeId: string) => Promise<DeviceSecretReading>;
  /**
   * Makes and stores a device secret. Refused (absent) when one is there already, or when a store exists and the reason
   * is not that its recovery phrase was just accepted.
   */
  readonly createDeviceSecret: (
    storeId: string,
    why: 'new-store' | 'recovered-by-phrase',
  ) => Promise<DeviceSecretReading | { readonly state: 'refused' }>;
  readonly removeDeviceSecret: (storeId: string) => Promise<void>;
}

export interface KeychainOptions {
  readonly port: () => Promise<KeychainPort>;
  /** Is there a store in the folder? A new secret beside an old store would lock everybody out. */
  readonly storeExists: () => boolean;
  /** Default 5000: a locked keyring may wait on a prompt nobody sees. */
  readonly timeoutMs?: number;
}

/** Loads keytar when first asked; a missing libsecret or D-Bus is then a state, not a crash at start. */
export async function loadKeytar(): Promise<KeychainPort> {
  throw new Error('to come');
}

export function createKeychain(_options: KeychainOptions): Keychain {
  throw new Error('to come');
}
