import type { Input } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { StoredUser } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { needsCard } from './device.ts';
import { createNewStores, type NewStoreOptions } from './new-store.ts';
import { createPasswordJudge, refusal, type StrengthMeter } from './passwords.ts';
import { createPresence, type PresenceOptions, toActor } from './presence.ts';
import { createRecovery } from './recovery.ts';

export interface SessionOptions extends NewStoreOptions, Omit<PresenceOptions, 'clock'> {
  readonly strengthOf: StrengthMeter;
}

export type SessionService = ReturnType<typeof createSessionService>;

/** Sessions and stores, as the handlers ask for them. Who is signed in is kept in `presence.ts` alone. */
export function createSessionService(options: SessionOptions) {
  const { context, vault } = options;
  const { clock, ids } = context;
  const presence = createPresence({ ...options, clock });
  const passwords = createPasswordJudge(options.strengthOf);
  const newStores = createNewStores(options, presence, passwords);
  const recovery = createRecovery(clock, vault, presence, passwords);

  /** Whose account it is, where this PC takes a password for it; else the store is closed again and the refusal told. */
  const admitted = async (store: OpenStore, username: string): Promise<StoredUser> => {
    const found = store.access.users.byUsername(username);
    if (found === null || found.endedAt !== null) {
      vault.close();
      throw new ServiceError(
        'WRONG_CREDENTIALS',
        'The username or the password is not right. Check both and try again.',
      );
    }
    // The keychain is asked which PC this is only where it matters: each question takes it milliseconds.
    const device = found.cardOnlySince === null ? 'trust' : await presence.readDevice(store);
    if (needsCard(found, device, clock.now())) {
      store.access.transaction(() =>
        record(store.access.ledger, clock, null, {
          operation: 'session.signIn',
          subject: { kind: 'user', id: found.id },
          outcome: 'refused',
          sentence: 'Sign-in by password refused: this account signs in by card on a trust PC',
        }),
      );
      vault.close();
      throw new ServiceError(
        'CARD_REQUIRED',
        'This account signs in by smartcard on this PC. Put your card in, or ask a system owner to let your password in for a while.',
      );
    }
    return found;
  };

  return {
    presence,
    state: presence.state,
    /** Tells shell and screens the session as it is now. */
    changed: presence.changed,
    requireSession: presence.requireSession,
    /** Work that writes, of an operation that is not gated as a whole. */
    gated: <T>(work: () => T): Promise<T> => options.gate.hold(async () => work()),
    signedIn: presence.signedIn,
    backupProblem: presence.backupProblem,

    selectStore: ({ store }: Input<'session:selectStore'>): Promise<SessionState> =>
      presence.alone(async () => {
        vault.select(store);
        presence.forgetLock();
        return presence.changed();
      }),
    judgePassword: passwords.judge,
    proposeRecoveryPhrase: () => ({ words: options.createRecoveryPhrase().split(' ') }),
    createTrustStore: newStores.createTrustStore,
    openTraining: newStores.openTraining,

    // One at a time: tries sent side by side would all be weighed against the same count.
    signIn: ({ username, password }: Input<'session:signIn'>): Promise<SessionState> =>
      presence.alone(async () => {
        const result = await vault.unlock(username, password);
        if (!result.ok)
          throw refusal(result, 'The username or the password is not right. Check both and try again.');
        const found = await admitted(result.store, username);
        return presence.enter(result.store, found, { way: 'password' });
      }),
    leave: presence.leave,
    shutDown: presence.shutDown,

    changePassword: async ({ present, next }: Input<'session:changePassword'>): Promise<SessionState> => {
      const { store, user: person } = presence.requireSession();
      const checked = await vault.checkPassword(person.username, present);
      if (!checked.ok) throw refusal(checked, 'Your present password is not right. Type it again.');
      if (present === next)
        throw new ServiceError('WEAK_PASSWORD', 'The new password is the old one. Choose another.');
      await passwords.requireGood(next, person.username, store.description.trustName);
      await vault.setPassword(person.username, next);
      const updated = { ...person, mustChangePassword: false };
      store.access.transaction(() => {
        store.access.users.update(updated);
        record(store.access.ledger, clock, toActor(updated), {
          operation: 'session.changePassword',
          sentence: 'Changed the own password',
        });
      });
      presence.update(updated);
      return presence.changed();
    },

    recover: recovery.recover,
    listBackups: recovery.listBackups,
    restoreBackup: recovery.restoreBackup,
    backUpNow: recovery.backUpNow,

    addPassword: vault.setPassword,
    removePassword: vault.removePassword,
    requireGoodPassword: passwords.requireGood,
    newId: ids.next,
  };
}
