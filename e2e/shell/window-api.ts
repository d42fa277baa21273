import type { Api } from '../../electron/contract/contract.ts';

declare global {
  interface Window {
    /** What the preload puts into every page of the program. */
    readonly api: Api;
  }
}

export type { Api };
