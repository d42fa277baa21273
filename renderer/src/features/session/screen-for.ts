import type { KeyState, SessionState, SignedInUser } from '../../../../electron/contract/session.contract.ts';

type Trust = NonNullable<SessionState['trust']>;

/** The key states that stop the work, each with a screen of its own. */
export type KeyProblem = Exclude<KeyState, 'no-store' | 'ready' | 'open'>;

type EntranceScreen =
  | { readonly kind: 'first-run' }
  | { readonly kind: 'choose-store' }
  | { readonly kind: 'sign-in'; readonly trust: Trust | null }
  | { readonly kind: 'new-password'; readonly trust: Trust | null; readonly user: SignedInUser }
  | { readonly kind: 'key-problem'; readonly problem: KeyProblem }
  | { readonly kind: 'work'; readonly user: SignedInUser };

const withoutStore = (state: SessionState): EntranceScreen =>
  state.stores.length === 0 ? { kind: 'first-run' } : { kind: 'choose-store' };

const withStore = (state: SessionState): EntranceScreen => {
  const { user, trust } = state;
  if (user === null) return { kind: 'sign-in', trust };
  if (user.mustChangePassword) return { kind: 'new-password', trust, user };
  return { kind: 'work', user };
};

/** Which screen the session's state calls for: nothing but the state decides. */
export const screenFor = (state: SessionState): EntranceScreen => {
  switch (state.keyState) {
    case 'no-store':
      return withoutStore(state);
    case 'ready':
    case 'open':
      return state.store === null ? withoutStore(state) : withStore(state);
    case 'keychain-unavailable':
    case 'keychain-locked':
    case 'device-secret-missing':
    case 'keyring-missing':
    case 'scheme-missing':
    case 'store-missing':
    case 'store-damaged':
    case 'store-newer':
    case 'store-in-use':
    case 'disk-failed':
      return { kind: 'key-problem', problem: state.keyState };
  }
};
