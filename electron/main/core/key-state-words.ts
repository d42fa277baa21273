import type { KeyState } from '../../adapters/keys/key-state.ts';
import type { KeyState as Words } from '../../contract/session.contract.ts';

/** What the keychain that does not give the store's secret means: beside the sign-in as on a screen of its own. */
export const KEYCHAIN_WORDS = {
  'keychain-unavailable':
    'This PC’s keychain cannot be reached, and the store is not opened without it. Nothing is lost. Start the keychain service, then try again.',
  'keychain-locked':
    'This PC’s keychain is locked. Nothing is lost. Unlock it by signing in to this PC again, then try again.',
  'device-secret-missing':
    'This PC’s keychain no longer holds the secret that belongs to the store. The data is safe. Open the store with its recovery phrase.',
} satisfies Partial<Readonly<Record<Words, string>>>;

/** One sentence for each state of the key, with what is safe and what to do next. */
export function explainKeyState(key: KeyState): { readonly state: Words; readonly explanation: string } {
  const { state } = key;
  switch (key.state) {
    case 'no-store':
    case 'ready':
    case 'open':
      return { state: key.state, explanation: '' };
    case 'keychain-unavailable':
    case 'keychain-locked':
    case 'device-secret-missing':
      return { state: key.state, explanation: KEYCHAIN_WORDS[key.state] };
    case 'keyring-missing':
      return {
        state: key.state,
        explanation:
          'The file with the ways in (keyring.json) is missing or cannot be read. The data is safe. Restore a backup with the recovery phrase.',
      };
    case 'scheme-missing':
      return {
        state: key.state,
        explanation:
          'The record beside the store (scheme.json) is missing or cannot be read. The data is safe. Restore a backup with the recovery phrase.',
      };
    case 'store-missing':
      return {
        state: key.state,
        explanation:
          'The store’s own file is not where it was. Put it back if somebody moved it, or restore the latest backup with the recovery phrase.',
      };
    case 'store-damaged':
      return {
        state: key.state,
        explanation:
          'The store file is damaged. Keep this PC as it is, and restore the latest backup with the recovery phrase.',
      };
    case 'store-newer':
      return {
        state: key.state,
        explanation:
          'The store was written by a newer version of this program. Install that version; this one leaves the store alone.',
      };
    case 'store-in-use': {
      const who =
        key.holder === null
          ? 'Another session'
          : `${key.holder.user} on ${key.holder.host} (since ${key.holder.since.slice(0, 16).replace('T', ' ')} UTC)`;
      return { state: key.state, explanation: `${who} has the store open. Close it there, then try again.` };
    }
    default:
      key satisfies never;
      return { state, explanation: '' };
  }
}
