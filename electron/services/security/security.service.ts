import type { Input, Output } from '../../contract/contract.ts';
import type { SecurityCheck } from '../../contract/security.contract.ts';
import { roleWarnings } from '../../domain/access/role-conflicts.ts';
import type { IsoInstant } from '../../domain/dates.ts';
import {
  type CardReading,
  type CertificateTools,
  type LoadCertificates,
  readCardSettings,
  writeCardSettings,
} from '../cards/index.ts';
import type { ActingContext } from '../ground/context.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { Clock } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import type { WriteGate } from '../ground/write-gate.ts';
import { readLastVerification } from '../ledger/index.ts';
import { isGlassBroken, markDevice, type Presence, type Vault, type WaysIn } from '../session/index.ts';

/** What only the shell and the store's file can tell. */
export interface SecurityFacts {
  /** As SQLite says of the open store: 'sqlcipher', and scheme 4. */
  readonly cipher: () => { readonly name: string; readonly scheme: number };
  /** Null where the program is not packaged, and its fuses are Electron's own. */
  readonly fuses: () => Promise<'as-decided' | 'altered' | null>;
}

export interface SecurityOptions {
  readonly clock: Clock;
  /** The gate of the commands: what is mended after an opening is written between two of them. */
  readonly gate: WriteGate;
  readonly vault: Vault;
  readonly presence: Presence;
  readonly certificates: LoadCertificates;
  readonly reading: CardReading;
  readonly facts: SecurityFacts;
}

const DAY_MS = 86_400_000;

export type SecurityService = ReturnType<typeof createSecurityService>;

/** The state of everything that keeps the store safe: green, amber or red, each with what to do about it. */
export function createSecurityService(options: SecurityOptions) {
  const { vault, presence, reading, clock, gate } = options;
  return {
    getState: async (context: ActingContext): Promise<Output<'security:getState'>> => {
      const ways = vault.ways();
      const checks = await Promise.all([
        ownersCheck(context),
        glassCheck(context),
        deviceCheck(presence.device()),
        keychainCheck(vault),
        cipherCheck(options.facts.cipher()),
        waysCheck(ways),
        bindingCheck(ways),
        backupCheck(context, vault, presence.backupProblem()),
        revocationCheck(reading),
        options.facts.fuses().then(fusesCheck),
        ledgerCheck(context),
      ]);
      return { device: presence.device(), checks };
    },

    markDevice: async (
      { store, clock, actor }: ActingContext,
      { kind, reason }: Input<'security:markDevice'>,
    ): Promise<Output<'security:markDevice'>> => {
      const { access } = store;
      if (kind === presence.device()) throw new ServiceError('REFUSED', 'This PC is marked so already.');
      const deviceId = await vault.deviceId();
      access.transaction(() => {
        markDevice(access.settings, deviceId, kind);
        record(access.ledger, clock, actor, {
          operation: 'security.markDevice',
          sentence: `Marked this PC as ${kind === 'trust' ? 'a trust PC' : 'a remote device'}`,
          detail: { kind, deviceId },
          personal: { reason },
        });
      });
      presence.setDevice(kind);
      await presence.changed();
      return { done: true };
    },

    getCardSettings: async ({ store }: ActingContext): Promise<Output<'security:getCardSettings'>> => {
      const settings = readCardSettings(store.access.settings);
      return { settings, anchors: anchorsOf(await options.certificates(), settings.trustAnchors) };
    },

    changeCardSettings: async (
      { store, clock, actor }: ActingContext,
      next: Input<'security:changeCardSettings'>,
    ): Promise<Output<'security:changeCardSettings'>> => {
      refuseUnfit(await options.certificates(), next);
      const { access } = store;
      const before = readCardSettings(access.settings);
      // What lies beside the store comes first: a fault there must leave both as they were.
      const { signatures, ...beside } = next;
      await vault.writeCardSettings(beside);
      access.transaction(() => {
        writeCardSettings(access.settings, next);
        record(access.ledger, clock, actor, {
          operation: 'security.changeCardSettings',
          sentence: 'Changed the card settings',
          detail: { before: summary(before), after: summary(next) },
        });
      });
      await reading.refresh();
      return { done: true };
    },

    /** After each opening: the copy beside the store is made what the store says, so that a put-back or lost one does not stay. */
    restoreCardSettings: async (store: OpenStore): Promise<void> => {
      // Read before anything is waited for: the session may have ended by then, and the store with it.
      const { signatures: _, ...wanted } = readCardSettings(store.access.settings);
      if (store.access.settings.read('cards') !== undefined) {
        const found = await vault.cardSettings();
        const same = found.state === 'present' && JSON.stringify(found.settings) === JSON.stringify(wanted);
        if (!same) {
          await gate.hold(async () => {
            if (vault.open() !== store) return;
            store.access.transaction(() =>
              record(store.access.ledger, clock, null, {
                operation: 'security.cardSettingsMended',
                outcome: 'refused',
                sentence:
                  found.state === 'none'
                    ? 'The card settings of this PC were not there and were written again'
                    : 'The card settings of this PC were not what the store says, and were written again',
              }),
            );
            await vault.writeCardSettings(wanted);
          });
        }
      }
      await reading.refresh();
    },
  };
}

type Check = Omit<SecurityCheck, 'id' | 'title'>;
const check = (id: SecurityCheck['id'], title: string, found: Check): SecurityCheck => ({
  id,
  title,
  ...found,
});
const green = (sentence: string): Check => ({ state: 'green', sentence, mend: '' });
const amber = (sentence: string, mend: string): Check => ({ state: 'amber', sentence, mend });
const red = (sentence: string, mend: string): Check => ({ state: 'red', sentence, mend });

function ownersCheck({ store }: ActingContext): SecurityCheck {
  const present = store.access.users.list().filter(({ endedAt }) => endedAt === null);
  const warnings = roleWarnings(present);
  const found =
    warnings.length === 0
      ? green('There are two system owners or more, and no account holds roles that check one another.')
      : amber(warnings.join(' '), 'Mend it under Users.');
  return check('owners', 'Owners and roles', found);
}

function glassCheck({ store, clock }: ActingContext): SecurityCheck {
  const broken = store.access.users.list().filter((user) => isGlassBroken(user, clock.now()));
  const found =
    broken.length === 0
      ? green('No password is let in where a card is asked for.')
      : amber(
          `A trust PC takes the password of ${broken.map(({ displayName }) => displayName).join(', ')} for now.`,
          'End it under Users as soon as the card works again.',
        );
  return check('break-glass', 'Passwords let in for a while', found);
}

const deviceCheck = (kind: 'trust' | 'remote'): SecurityCheck =>
  check(
    'device',
    'This PC',
    kind === 'trust'
      ? green('A trust PC: who has signed in by card here signs in by card from then on.')
      : amber(
          'A remote device: passwords are taken here, also of those who have a card.',
          'Mark it as a trust PC if it stands in the trust.',
        ),
  );

const cipherCheck = ({ name, scheme }: { name: string; scheme: number }): SecurityCheck =>
  check(
    'cipher',
    'Encryption of the store',
    name === 'sqlcipher' && scheme === 4
      ? green('The store is encrypted (SQLCipher 4, a random key of 256 bits).')
      : red(
          `The store’s cipher is ${name} ${scheme}.`,
          'Stop using this store and tell IT: it should be SQLCipher 4.',
        ),
  );

/** Asked anew: a session goes on when the keychain is locked meanwhile, and the next sign-in would not. */
async function keychainCheck(vault: Vault): Promise<SecurityCheck> {
  const title = 'The keychain of this PC';
  try {
    await vault.deviceId();
    return check('keychain', title, green('It keeps the secret without which the store opens nowhere else.'));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const words = 'It does not give the secret of the store, so nobody could sign in now.';
    return check(
      'keychain',
      title,
      red(words, 'Unlock or start the keychain, and keep the recovery phrase at hand.'),
    );
  }
}

function waysCheck({ passwords, cards, recovery }: WaysIn): SecurityCheck {
  const all = cards.signature + cards.device;
  const words = `${passwords} by password, ${all} by card${recovery ? ', and one by the recovery phrase' : ''}.`;
  return check(
    'wraps',
    'Ways into the store on this PC',
    recovery
      ? green(`Ways in: ${words}`)
      : red(`Ways in: ${words} There is no recovery phrase.`, 'Restore a backup that has one.'),
  );
}

function bindingCheck({ cards }: WaysIn): SecurityCheck {
  const found =
    cards.device === 0
      ? green(
          cards.signature === 0
            ? 'No card opens the store on this PC.'
            : 'Each card that opens the store gives a part of its key by a signature of its own.',
        )
      : amber(
          `${cards.device} of the cards cannot give a part of the key: the secret of this PC alone opens the store for them, and the card only proves itself.`,
          'Cards with RSA keys do better. Ask the Registration Authority whether one can be had.',
        );
  return check('card-binding', 'How cards open the store', found);
}

function backupCheck({ clock }: ActingContext, vault: Vault, problem: string | null): SecurityCheck {
  const [latest] = vault.listBackups();
  const age = latest === undefined ? null : Date.parse(clock.now()) - Date.parse(latest.takenAt);
  const mend = 'Press “Back up now” under Settings.';
  if (problem !== null) return check('backups', 'Backups', red(`The last backup failed: ${problem}`, mend));
  if (age === null) return check('backups', 'Backups', amber('There is no backup yet.', mend));
  const old = age > 2 * DAY_MS;
  const words = `The latest backup is ${Math.floor(age / DAY_MS)} days old.`;
  return check(
    'backups',
    'Backups',
    old
      ? amber(words, mend)
      : green('The latest backup is less than two days old, and was checked by opening it.'),
  );
}

async function revocationCheck(reading: CardReading): Promise<SecurityCheck> {
  const { revocationLists, trustAnchors } = await reading.rulesNow();
  const unreachable = revocationLists.filter(({ state }) => state === 'unreachable').length;
  const title = 'Revoked cards';
  if (trustAnchors === '') return check('revocation', title, green('Smartcards are not set up on this PC.'));
  if (revocationLists.length === 0) {
    return check(
      'revocation',
      title,
      amber(
        'No revocation list is named, so a revoked card is not noticed.',
        'Name the lists under Security, Smartcards.',
      ),
    );
  }
  return check(
    'revocation',
    title,
    unreachable === 0
      ? green('Every revocation list can be read.')
      : amber(
          `${unreachable} of ${revocationLists.length} revocation lists cannot be read, so some cards cannot be checked.`,
          'Check that the files are where the settings say.',
        ),
  );
}

function fusesCheck(found: Awaited<ReturnType<SecurityFacts['fuses']>>): SecurityCheck {
  const title = 'The program itself';
  if (found === null) {
    return check(
      'fuses',
      title,
      amber(
        'This is not the packaged program, so its safeguards against tampering are off.',
        'Use the packaged program for a trust’s store.',
      ),
    );
  }
  return check(
    'fuses',
    title,
    found === 'as-decided'
      ? green('Every safeguard of the packaged program is as it was decided.')
      : red('The safeguards of this program were altered.', 'Stop using it, and have it installed again.'),
  );
}

function ledgerCheck({ store, clock }: ActingContext): SecurityCheck {
  const title = 'The ledger';
  const last = readLastVerification(store.access.settings);
  const mend = 'Press “Verify the ledger” on the Ledger screen.';
  if (last === null) return check('ledger', title, amber('The ledger was never verified here.', mend));
  if (!last.sound)
    return check(
      'ledger',
      title,
      red('The ledger was found altered.', 'Keep this PC as it is and tell the team lead and IT.'),
    );
  const days = Math.floor((Date.parse(clock.now()) - Date.parse(last.at)) / DAY_MS);
  return check(
    'ledger',
    title,
    days > 31
      ? amber(`The ledger was last verified ${days} days ago.`, mend)
      : green(`The ledger was verified ${days === 0 ? 'today' : `${days} days ago`} and found whole.`),
  );
}

const summary = ({ trustAnchors, ...rest }: Input<'security:changeCardSettings'>) => ({
  ...rest,
  trustAnchors: `${trustAnchors.length} characters`,
});

function anchorsOf(
  certificates: CertificateTools,
  pem: string,
): { subject: string; expiresAt: IsoInstant }[] {
  return pem.trim() === '' ? [] : certificates.readAnchors(pem).map((facts) => ({ ...facts }));
}

/** What is no certificate or no rule is refused with the sentence that the tools have for it. */
function refuseUnfit(certificates: CertificateTools, next: Input<'security:changeCardSettings'>): void {
  try {
    anchorsOf(certificates, next.trustAnchors);
    certificates.checkSubjectRule(next.subjectRule);
  } catch (error) {
    throw new ServiceError('REFUSED', error instanceof Error ? error.message : 'The settings are not fit.');
  }
}
