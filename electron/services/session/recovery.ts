import type { Input, Output } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { Clock } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { type PasswordJudge, refusal } from './passwords.ts';
import { type Presence, toActor } from './presence.ts';
import type { Vault } from './vault.ts';

/** The recovery phrase, and backups: made, listed, and put back. */
export function createRecovery(clock: Clock, vault: Vault, presence: Presence, passwords: PasswordJudge) {
  return {
    recover: async ({
      recoveryPhrase,
      username,
      newPassword,
    }: Input<'session:recover'>): Promise<SessionState> => {
      await passwords.requireGood(newPassword, username, vault.selected()?.trustName ?? '');
      return presence.alone(async () => {
        const result = await vault.unlockByPhrase(recoveryPhrase);
        if (!result.ok)
          throw refusal(
            result,
            'This recovery phrase does not open the store. Check every word and their order.',
          );
        const found = result.store.access.users.byUsername(username);
        if (found === null || found.endedAt !== null || !found.roles.includes('owner')) {
          vault.close();
          throw new ServiceError(
            'NOT_FOUND',
            'There is no owner account of that name. Recovery sets the password of an owner.',
          );
        }
        await vault.setPassword(username, newPassword);
        result.store.access.transaction(() =>
          record(result.store.access.ledger, clock, null, {
            operation: 'session.recover',
            subject: { kind: 'user', id: found.id },
            sentence: 'Opened by the recovery phrase, and set a new password for an owner',
          }),
        );
        return presence.enter(result.store, found, { way: 'recovery phrase' });
      });
    },

    listBackups: (): Output<'session:listBackups'> => ({
      backups: vault.listBackups().map((backup) => ({ ...backup, verified: true })),
    }),

    restoreBackup: ({ id, recoveryPhrase }: Input<'session:restoreBackup'>): Promise<SessionState> =>
      presence.alone(async () => {
        if (!vault.listBackups().some((backup) => backup.id === id)) {
          throw new ServiceError('NOT_FOUND', 'This backup is not here any more. Choose another.');
        }
        const result = await vault.restoreBackup(id, recoveryPhrase);
        if (!result.ok)
          throw refusal(
            result,
            'This recovery phrase does not open the backup. Check every word and their order.',
          );
        result.store.access.transaction(() =>
          record(result.store.access.ledger, clock, null, {
            operation: 'store.restore',
            sentence: `Restored the backup ${id}; the store before it was set aside`,
          }),
        );
        vault.close();
        return presence.changed();
      }),

    backUpNow: (): Output<'settings:backUpNow'> => {
      const { store, user } = presence.requireSession();
      const backup = presence.backUpNow();
      store.access.transaction(() =>
        record(store.access.ledger, clock, toActor(user), {
          operation: 'store.backUp',
          sentence: 'Made a backup',
        }),
      );
      return backup;
    },
  };
}
