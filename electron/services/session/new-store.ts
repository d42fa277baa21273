import type { Input } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import type { JsonValue } from '../../domain/ledger/canonical-json.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { SignedIn } from '../ground/permit.ts';
import type { ServiceContext, StoredUser } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { DEFAULT_SETTINGS, writeSettings } from '../ground/store-settings.ts';
import type { PasswordJudge } from './passwords.ts';
import { type Presence, toActor } from './presence.ts';
import { TRAINING_ACCOUNTS, TRAINING_TRUST } from './training.ts';
import type { Vault } from './vault.ts';

export interface NewStoreOptions {
  readonly context: ServiceContext;
  readonly vault: Vault;
  readonly defaultCatalogue: () => AccessCatalogue;
  readonly createRecoveryPhrase: () => string;
  readonly isRecoveryPhrase: (words: string) => boolean;
  /** Fills a new training store through the ordinary imports. */
  readonly loadSampleTrust: (store: OpenStore, actor: SignedIn) => Promise<void>;
}

/** The two stores there can be, from nothing: the trust's own and the training store. */
export function createNewStores(options: NewStoreOptions, presence: Presence, passwords: PasswordJudge) {
  const { context, vault } = options;

  const fillTraining = async (store: OpenStore): Promise<void> => {
    try {
      const owner = store.access.users.byUsername(TRAINING_ACCOUNTS[0].username);
      if (owner === null) throw new Error('the training store has no owner');
      await options.loadSampleTrust(store, toActor(owner));
      vault.keepTraining();
      presence.backUpQuietly();
      vault.close();
    } catch (error) {
      await vault.discardTraining();
      await presence.changed();
      throw error;
    } finally {
      presence.setMakingTraining(false);
    }
  };

  return {
    createTrustStore: async (input: Input<'session:createTrustStore'>): Promise<SessionState> => {
      const { trustName, vpd, environment, owner, recoveryPhrase } = input;
      await passwords.requireGood(owner.password, owner.username, trustName);
      if (!options.isRecoveryPhrase(recoveryPhrase)) {
        throw new ServiceError(
          'REFUSED',
          'These are not the words of a recovery phrase. Ask for a new phrase and confirm it.',
        );
      }
      return presence.alone(async () => {
        const store = await vault.create({
          name: 'trust',
          trustName,
          vpd,
          environment,
          recoveryPhrase,
          passwords: [{ username: owner.username, password: owner.password }],
          prepare: (made) =>
            initialise(made, options.defaultCatalogue(), context, [
              { ...owner, roles: ['owner'], mustChangePassword: false },
            ]),
        });
        const found = store.access.users.byUsername(owner.username);
        if (found === null) throw new Error('a new store has no owner');
        return presence.enter(store, found, { way: 'password' });
      });
    },

    openTraining: async (): Promise<SessionState> => {
      const store = await presence.alone(async () => {
        if (vault.stores().some(({ name }) => name === 'training')) {
          vault.select('training');
          return null;
        }
        presence.setMakingTraining(true);
        try {
          return await vault.create({
            ...TRAINING_TRUST,
            recoveryPhrase: options.createRecoveryPhrase(),
            passwords: TRAINING_ACCOUNTS,
            prepare: (made) => initialise(made, options.defaultCatalogue(), context, TRAINING_ACCOUNTS),
          });
        } catch (error) {
          presence.setMakingTraining(false);
          throw error;
        }
      });
      // Outside the gate, which the job that loads the sample takes when it writes.
      if (store !== null) await fillTraining(store);
      return presence.changed();
    },
  };
}

/** What every account begins with. */
export const NO_CARD_YET = { lastWay: null, cardUuid: null, cardOnlySince: null, glassUntil: null } as const;

type FirstUser = Pick<
  StoredUser,
  'username' | 'displayName' | 'employeeNumber' | 'roles' | 'mustChangePassword'
>;

/** What every store begins with: catalogue, settings, its first people, and the events that say so. */
function initialise(
  store: OpenStore,
  catalogue: AccessCatalogue,
  { clock, ids }: ServiceContext,
  users: readonly FirstUser[],
): void {
  const { access, description } = store;
  access.transaction(() => {
    access.settings.write('catalogue', catalogue as unknown as JsonValue);
    writeSettings(access.settings, DEFAULT_SETTINGS);
    record(access.ledger, clock, null, {
      operation: 'store.create',
      sentence: `Made the store of VPD ${description.vpd} (${description.environment})`,
      detail: { vpd: description.vpd, environment: description.environment, catalogue: catalogue.version },
    });
    for (const { username, displayName, employeeNumber, roles, mustChangePassword } of users) {
      const id = ids.next();
      access.users.insert({
        id,
        username: username.toLowerCase(),
        displayName,
        employeeNumber,
        roles,
        createdAt: clock.now(),
        lastSignInAt: null,
        endedAt: null,
        mustChangePassword,
        ...NO_CARD_YET,
      });
      record(access.ledger, clock, null, {
        operation: 'users.add',
        subject: { kind: 'user', id },
        sentence: `Added an account (${roles.join(', ')})`,
        detail: { roles },
        personal: { username, displayName, employeeNumber },
      });
    }
  });
}
