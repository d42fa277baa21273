import type { KeyProblem } from './screen-for.ts';

export type WayOut = 'again' | 'phrase' | 'backup' | 'choose';

interface KeyProblemWords {
  readonly title: string;
  readonly happened: string;
  readonly safe: string;
  readonly next: string;
  /** The first is the one to try first. */
  readonly ways: readonly [WayOut, ...WayOut[]];
}

/** One screen for each state of the key that stops the work: what happened, what is safe, what to do. */
export const KEY_PROBLEMS: Readonly<Record<KeyProblem, KeyProblemWords>> = {
  'keychain-unavailable': {
    title: 'This PC’s keychain does not answer',
    happened: 'The operating system’s keychain, which holds this PC’s part of the key, could not be reached.',
    safe: 'The store is whole and encrypted. Nothing was changed.',
    next: 'Sign out of the PC and in again, then try again. If it stays so, ask IT to start the keychain service.',
    ways: ['again', 'choose'],
  },
  'keychain-locked': {
    title: 'This PC’s keychain is locked',
    happened: 'The keychain holds this PC’s part of the key, and it is locked.',
    safe: 'The store is whole and encrypted. Nothing was changed.',
    next: 'Unlock the keychain when the PC asks for its password, then try again.',
    ways: ['again', 'choose'],
  },
  'device-secret-missing': {
    title: 'This PC’s part of the key is missing',
    happened:
      'The keychain no longer holds the secret that binds the store to this PC: the store came from another PC, or the keychain was emptied.',
    safe: 'The store is whole and encrypted. Nothing was changed.',
    next: 'Use the recovery phrase. It makes a new secret for this PC.',
    ways: ['phrase', 'again', 'choose'],
  },
  'keyring-missing': {
    title: 'The store’s key file is missing',
    happened:
      'The file that holds the wrapped keys is missing from beside the store, or belongs to another store.',
    safe: 'The store itself is there and encrypted. Nothing was changed.',
    next: 'Put the missing file back if somebody moved it, then try again. Otherwise restore a backup, which brings its own.',
    ways: ['backup', 'again', 'phrase', 'choose'],
  },
  'scheme-missing': {
    title: 'The store’s description is missing',
    happened: 'The small file that says how the store is encrypted is missing or cannot be read.',
    safe: 'The store itself is there and encrypted. Nothing was changed.',
    next: 'Put the missing file back if somebody moved it, then try again. Otherwise restore a backup, which brings its own.',
    ways: ['backup', 'again', 'choose'],
  },
  'store-missing': {
    title: 'The store’s file is missing',
    happened: 'The keys are here, but the store’s own file is not where it was.',
    safe: 'The backups are kept apart from it.',
    next: 'Put the file back if somebody moved it, then try again. Otherwise restore the newest backup.',
    ways: ['backup', 'again', 'choose'],
  },
  'store-damaged': {
    title: 'The store is damaged',
    happened: 'The store’s file is there, but part of it cannot be read as it was written.',
    safe: 'The backups are whole: each was checked by opening it. The damaged file will be kept aside.',
    next: 'Restore the newest backup. What was entered after it was taken must be entered again.',
    ways: ['backup', 'again', 'choose'],
  },
  'store-newer': {
    title: 'The store was made by a newer version',
    happened: 'A newer version of this program has used the store. This version does not know its form.',
    safe: 'The store is whole. This version has not touched it.',
    next: 'Install the newer version on this PC, then try again.',
    ways: ['again', 'choose'],
  },
  'store-in-use': {
    title: 'The store is open elsewhere',
    happened: 'Another copy of this program has the store open, and only one may write.',
    safe: 'The store is whole. Nothing was changed.',
    next: 'Close the other one, then try again.',
    ways: ['again', 'choose'],
  },
  'disk-failed': {
    title: 'The disk did not keep what was written',
    happened:
      'The PC’s disk reported a fault while the store was being written, so the program closed the store.',
    safe: 'Everything that the program had confirmed before is in the store. The last step may not be.',
    next: 'Try again: the store is checked as it opens. If the fault comes back, tell IT before going on.',
    ways: ['again', 'backup', 'choose'],
  },
};
