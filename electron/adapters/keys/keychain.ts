import { randomBytes, randomUUID } from 'node:crypto';

/** What we ask of the operating system's keychain; keytar's shape. */
export interface KeychainPort {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, value: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
}

type Trouble = { readonly state: 'locked' } | { readonly state: 'unavailable'; readonly reason: string };

export type DeviceSecretReading =
  /** 32 bytes; the caller zeroes them. */
  { readonly state: 'present'; readonly secret: Uint8Array } | { readonly state: 'absent' } | Trouble;

export interface Keychain {
  readonly readDeviceSecret: (storeId: string) => Promise<DeviceSecretReading>;
  /**
   * Makes and stores a device secret. Refused when one is there already, or when a store exists and the reason is not
   * that its recovery phrase was just accepted.
   */
  readonly createDeviceSecret: (
    storeId: string,
    why: 'new-store' | 'recovered-by-phrase',
  ) => Promise<Exclude<DeviceSecretReading, { state: 'absent' }> | { readonly state: 'refused' }>;
  /** The highest number that `keepSequence` was given for the store; 0 when none. */
  readonly readSequence: (
    storeId: string,
  ) => Promise<{ readonly state: 'present'; readonly sequence: number } | Trouble>;
  /**
   * Remembers up to where the record of tries was written, apart from the secret, which is never written over. Whoever puts an older
   * record back cannot put this back with it, unless the whole keychain is theirs.
   */
  readonly keepSequence: (storeId: string, sequence: number) => Promise<{ readonly state: 'kept' } | Trouble>;
  /** For a set-up that failed half-way, before any store was made with the secret. The sequence goes with it. */
  readonly removeDeviceSecret: (storeId: string) => Promise<{ readonly state: 'removed' } | Trouble>;
}

export interface KeychainOptions {
  readonly port: () => Promise<KeychainPort>;
  /** Is there a store in the folder? A new secret beside an old store would lock everybody out. */
  readonly storeExists: () => boolean;
  /** Default 5000: a locked keyring may wait on a prompt nobody sees. */
  readonly timeoutMs?: number;
}

const SERVICE = 'ESR Access Desk';
const TIMEOUT_MS = 5_000;
const sequenceAccount = (storeId: string): string => `${storeId} sign-in tries`;

/** Loads keytar when first asked; a missing libsecret or D-Bus is then a state, not a crash at start. */
export async function loadKeytar(): Promise<KeychainPort> {
  const module: { readonly default: KeychainPort } = await import('keytar');
  return module.default;
}

export function createKeychain(options: KeychainOptions): Keychain {
  const ask = <T>(question: (port: KeychainPort) => Promise<T>): Promise<Answer<T>> =>
    askInTime(options.port, question, options.timeoutMs ?? TIMEOUT_MS);

  const readDeviceSecret = async (storeId: string): Promise<DeviceSecretReading> => {
    const answer = await ask((port) => port.getPassword(SERVICE, storeId));
    if (answer.state !== 'answered') return answer;
    const secret = Buffer.from(answer.value ?? '', 'base64');
    if (secret.length === 32) return { state: 'present', secret };
    // An entry that is not 32 bytes is none of ours and opens nothing: the recovery phrase is the way in.
    const trial = await ask(tryOut);
    return trial.state === 'answered' ? { state: 'absent' } : trial;
  };

  return {
    readDeviceSecret,
    createDeviceSecret: async (storeId, why) => {
      if (why === 'new-store' && options.storeExists()) return { state: 'refused' };
      const before = await readDeviceSecret(storeId);
      if (before.state === 'present') {
        before.secret.fill(0);
        return { state: 'refused' };
      }
      if (before.state !== 'absent') return before;
      const secret = randomBytes(32);
      const set = await ask((port) => port.setPassword(SERVICE, storeId, secret.toString('base64')));
      if (set.state !== 'answered') return set;
      return await confirmStored(secret, await readDeviceSecret(storeId));
    },
    readSequence: async (storeId) => {
      const answer = await ask((port) => port.getPassword(SERVICE, sequenceAccount(storeId)));
      if (answer.state !== 'answered') return answer;
      const text = answer.value ?? '';
      return { state: 'present', sequence: /^\d{1,15}$/.test(text) ? Number(text) : 0 };
    },
    keepSequence: async (storeId, sequence) => {
      const answer = await ask((port) =>
        port.setPassword(SERVICE, sequenceAccount(storeId), String(sequence)),
      );
      return answer.state === 'answered' ? { state: 'kept' } : answer;
    },
    removeDeviceSecret: async (storeId) => {
      const answer = await ask(async (port) => {
        await port.deletePassword(SERVICE, sequenceAccount(storeId));
        await port.deletePassword(SERVICE, storeId);
      });
      return answer.state === 'answered' ? { state: 'removed' } : answer;
    },
  };
}

/**
 * A locked GNOME keyring answers "nothing there" where its prompt cannot be shown (seen with libsecret in Debian 12);
 * only a write tells. Taking that for a lost secret would send people to the recovery phrase for no reason.
 */
async function tryOut(port: KeychainPort): Promise<void> {
  // Each its own: of two that use one entry at once, the second to delete it is refused, which says nothing of the keychain.
  const account = `trial entry ${randomUUID()}, safe to delete`;
  await port.setPassword(SERVICE, account, 'trial');
  await port.deletePassword(SERVICE, account);
}

/** A secret that does not come back is as good as lost, and the store made with it would be too. */
async function confirmStored(
  secret: Buffer,
  after: DeviceSecretReading,
): Promise<Exclude<DeviceSecretReading, { state: 'absent' }>> {
  if (after.state === 'present') {
    const same = secret.equals(after.secret);
    after.secret.fill(0);
    if (same) return { state: 'present', secret };
  }
  secret.fill(0);
  if (after.state === 'locked' || after.state === 'unavailable') return after;
  return { state: 'unavailable', reason: 'The keychain did not keep what was stored in it.' };
}

type Answer<T> = { readonly state: 'answered'; readonly value: T } | Trouble;

async function askInTime<T>(
  port: () => Promise<KeychainPort>,
  question: (port: KeychainPort) => Promise<T>,
  timeoutMs: number,
): Promise<Answer<T>> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'locked' }), timeoutMs);
  });
  const answer = (async (): Promise<Answer<T>> => {
    try {
      return { state: 'answered', value: await question(await port()) };
    } catch (error) {
      return explain(error);
    }
  })();
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** libsecret and the keychains of macOS and Windows say in words only why they refused. */
function explain(error: unknown): Trouble {
  const words = error instanceof Error ? error.message : '';
  if (/locked|dismissed|cancel|interaction is not allowed/i.test(words)) return { state: 'locked' };
  return { state: 'unavailable', reason: reasonFor(words) };
}

/** Our own words: the keychain's may name accounts and paths. */
function reasonFor(words: string): string {
  if (/cannot find module|cannot open shared object|dlopen|libsecret/i.test(words)) {
    return 'The keychain’s library is not installed. Install libsecret, then start the program again.';
  }
  if (/dbus|d-bus|org\.freedesktop|autolaunch|session bus|secret service|X11/i.test(words)) {
    return 'No keychain service is running. Sign in to the desktop as usual, then start the program again.';
  }
  return 'The keychain refused. Sign out of the computer and in again, then start the program again.';
}
