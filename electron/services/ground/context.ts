import type { OpenStore } from './open-store.ts';
import type { SignedIn } from './permit.ts';
import type { Clock } from './ports.ts';

/** What somebody acts in: the store that is open, the moment, and who they are. */
export interface ActingContext {
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly actor: SignedIn;
}
