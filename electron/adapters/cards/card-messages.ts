import type { CardSignResult, CardsSeen } from '../../services/cards/card-port.ts';

/** To the card process. The first is always `use`. The PIN is UTF-8 bytes, so that each side can wipe what it had. */
export type ToCards =
  | { readonly type: 'use'; readonly modulePaths: readonly string[] }
  | { readonly type: 'sign'; readonly id: number; readonly request: WireSignRequest }
  /** Leave the module in good order and end. */
  | { readonly type: 'end' };

export type FromCards =
  /** Said before a module is loaded, so that one that hangs or crashes has a name. */
  | { readonly type: 'trying'; readonly name: string }
  | { readonly type: 'seen'; readonly seen: CardsSeen }
  /** The readers were looked at and nothing has changed; silence means that a driver hangs. */
  | { readonly type: 'alive' }
  | { readonly type: 'signed'; readonly id: number; readonly result: CardSignResult };

export interface WireSignRequest {
  readonly readerId: string;
  readonly keyId: string;
  readonly pin: Uint8Array;
  readonly messages: readonly Uint8Array[];
}

/** How often the card process says `alive`, in milliseconds; who waits for it must wait longer. */
export const ALIVE_EVERY_MS = 2_000;
