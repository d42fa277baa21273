import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, asAccount, type OwnProcess, startHelper } from './processes.ts';

/**
 * unlocked: as after a desktop sign-in. locked: the keyring is there and asks for its password, which nobody gives.
 * absent: a session bus without any keychain.
 */
export type Keychain = 'unlocked' | 'locked' | 'absent';

export interface SecretService {
  readonly env: { readonly DBUS_SESSION_BUS_ADDRESS: string; readonly XDG_DATA_HOME: string };
  /** Ends the keyring alone, as when it crashes or is locked away while the program runs. */
  readonly stopKeyring: () => Promise<void>;
  /** Locks the login keyring while programs use it, as a desktop does: it asks for its password, which nobody gives. */
  readonly lock: () => void;
  /** Opens it again, as a sign-in to the desktop does. */
  readonly unlock: () => void;
  readonly stop: () => Promise<void>;
}

/** A bus of its own, that starts nothing by itself: what is not started here is not there. */
const busConfig = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

const PASSWORD = 'a test keyring guards nothing';
const SERVICE = '/org/freedesktop/secrets';
const LOGIN = `${SERVICE}/collection/login`;

/** Asks the keyring over its bus; empty where it does not answer. */
function say(
  env: NodeJS.ProcessEnv,
  runAs: Account | undefined,
  [object, method]: readonly [object: string, method: string],
  ...words: readonly string[]
): string {
  const [program, ...args] = asAccount(
    [
      'dbus-send',
      ...['--session', '--print-reply', '--dest=org.freedesktop.secrets'],
      ...[object, method, ...words],
    ],
    runAs,
  );
  return spawnSync(program, args, { env, encoding: 'utf8' }).stdout ?? '';
}

/** Asks over the bus whether the login keyring is open; the answer is the only proof that it can be used. */
const isUnlocked = (env: NodeJS.ProcessEnv, runAs: Account | undefined): boolean =>
  say(
    env,
    runAs,
    [LOGIN, 'org.freedesktop.DBus.Properties.Get'],
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ).includes('boolean false');

/**
 * What a desktop's sign-in (PAM) says to the keyring's own socket, and nothing but that opens one without a prompt: a byte for the
 * credentials, then length, operation 1 (unlock), and the password with its length. Its answer is a length and 0 when it is open.
 */
const UNLOCK = `
socket(my $keyring, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!\\n";
connect($keyring, sockaddr_un($ARGV[0])) or die "connect: $!\\n";
syswrite $keyring, "\\0" . pack("NNN", 12 + length $ARGV[1], 1, length $ARGV[1]) . $ARGV[1];
exit(sysread($keyring, my $answer, 8) == 8 && (unpack "NN", $answer)[1] == 0 ? 0 : 1);
`;

/**
 * Starts a real Secret Service on a bus of its own.
 * @param folder belongs to `runAs`; the keyring's file lies below it, so the same folder gives the same secrets again
 */
export async function startSecretService(
  folder: string,
  runAs: Account | undefined,
  keychain: Keychain = 'unlocked',
): Promise<SecretService> {
  const data = path.join(folder, 'keyring');
  const control = path.join(folder, 'keyring-control');
  const config = path.join(folder, 'bus.conf');
  writeFileSync(config, busConfig(path.join(folder, 'bus')));
  chmodSync(config, 0o644); // whatever the umask says: another account reads it

  const base = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: folder };
  const bus = await startHelper(
    ['dbus-daemon', `--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'],
    { env: base, runAs, readyOn: 'stdout' },
  );
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.firstLine.trim(), XDG_DATA_HOME: data };
  let keyring: OwnProcess | undefined;
  const stop = async (): Promise<void> => {
    await keyring?.stop();
    await bus.stop();
  };
  try {
    if (keychain !== 'absent') {
      const open = keychain === 'unlocked' ? ['--unlock'] : [];
      keyring = await startHelper(
        [
          'gnome-keyring-daemon',
          '--foreground',
          ...open,
          '--components=secrets',
          `--control-directory=${control}`,
        ],
        {
          env: { ...base, ...env },
          runAs,
          readyOn: 'stdout',
          ...(open.length > 0 ? { input: PASSWORD } : {}),
        },
      );
      for (let tries = 0; keychain === 'unlocked' && !isUnlocked({ ...base, ...env }, runAs); tries += 1) {
        if (tries > 400) throw new Error('The test keyring did not open within 20 s.');
        await pause(50);
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    stopKeyring: async () => {
      await keyring?.stop();
    },
    lock: () => {
      say(
        { ...base, ...env },
        runAs,
        [SERVICE, 'org.freedesktop.Secret.Service.Lock'],
        `array:objpath:${LOGIN}`,
      );
      if (isUnlocked({ ...base, ...env }, runAs)) throw new Error('The test keyring did not lock.');
    },
    unlock: () => {
      const socket = path.join(control, 'control');
      const [program, ...args] = asAccount(['perl', '-MSocket', '-e', UNLOCK, socket, PASSWORD], runAs);
      const { status, stderr } = spawnSync(program, args, { env: { ...base, ...env }, encoding: 'utf8' });
      if (status !== 0 || !isUnlocked({ ...base, ...env }, runAs))
        throw new Error(`The test keyring did not open again: ${stderr}`);
    },
    stop,
  };
}
