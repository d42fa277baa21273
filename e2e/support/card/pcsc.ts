import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, startHelper } from '../processes.ts';
import { CannotOpen } from '../unprivileged.ts';
import type { Slot } from './virtual-card.ts';

/** PC/SC with one virtual reader of two slots, seen by nobody who is not told of it. */
export interface Pcsc {
  /** For whoever is to see the readers. */
  readonly env: { readonly PCSCLITE_CSOCK_NAME: string };
  /** By the order in which PC/SC lists them. */
  readonly slots: readonly [Slot, Slot];
  /** OpenSC's PKCS#11 module, by absolute path. */
  readonly module: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const PACKAGES = 'apt-get install -y pcscd vsmartcard-vpcd opensc';
const DRIVERS = '/usr/lib/pcsc/drivers/serial';
const DRIVER = 'libifdvpcd.so';
const DAEMON = ['/usr/sbin/pcscd', '/usr/bin/pcscd', '/sbin/pcscd'];
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu', ''].flatMap((triplet) =>
  ['', 'pkcs11'].map((folder) => path.join('/usr/lib', triplet, folder, 'opensc-pkcs11.so')),
);

function firstOf(candidates: readonly string[], what: string): string {
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new CannotOpen(`There is no ${what} on this machine. Run: ${PACKAGES}`);
  return found;
}

/** Where Debian puts OpenSC's module. */
export const openscModule = (): string => firstOf(LIBRARIES, 'OpenSC module (opensc-pkcs11.so)');

const listen = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '0.0.0.0', () => resolve(server));
  });
const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** vpcd takes a port for its first slot and the next one for its second. Below the kernel's own range, so that no client takes them. */
async function twoFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
    const first = await listen(port);
    const second = await listen(port + 1);
    if (first) await closed(first);
    if (second) await closed(second);
    if (first && second) return port;
  }
  throw new Error('No two neighbouring ports are free for the virtual reader.');
}

/**
 * Debian's pcscd knows its folder at compile time (/run/pcscd), so it gets a /run of its own; and of the drivers only the
 * virtual reader's, so that no real reader of this machine is taken away from whoever uses it. Both end with the process.
 * $1 its folder, $2 the drivers, $3 pcscd, the rest its arguments
 */
const INSIDE = `
set -e
here=$1; drivers=$2; shift 2
mount --bind "$here" /mnt
mount --bind "$drivers" /usr/lib/pcsc/drivers
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/pcscd
mount --bind /mnt /run/pcscd
exec "$@"
`;

/** As an ordinary user the mounts need a user namespace of their own. */
const unshared = (runAs: Account | undefined): readonly string[] => [
  'unshare',
  ...(runAs === undefined && process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--mount',
  '--propagation',
  'private',
];

/** Newer ones ask polkit about each client, which is there for people at a screen: this one has its own readers only. */
const withoutPolkit = (daemon: string): readonly string[] =>
  spawnSync(daemon, ['--help'], { encoding: 'utf8' }).stdout.includes('--disable-polkit')
    ? ['--disable-polkit']
    : [];

/**
 * Starts a pcscd of our own. Nothing of the system's is touched, and nothing is left behind.
 * @param parent a folder that `runAs` can enter; everything lies below it
 * @param runAs whom it runs as, the present user when undefined; others may use it too
 * @throws CannotOpen, with what to install, where a part of it is missing
 */
export async function startPcsc(parent: string, runAs: Account | undefined): Promise<Pcsc> {
  const daemon = firstOf(DAEMON, 'pcscd');
  firstOf([path.join(DRIVERS, DRIVER)], 'virtual reader (vsmartcard-vpcd)');
  firstOf(['/usr/bin/perl'], 'perl, which relays between card and reader');
  const module = openscModule();
  const port = await twoFreePorts();

  const folder = mkdtempSync(path.join(parent, 'pcsc-'));
  const config = path.join(folder, 'reader.conf.d');
  const sockets = path.join(folder, 'run');
  for (const made of [folder, config, sockets]) {
    mkdirSync(made, { recursive: true });
    chmodSync(made, 0o755);
    if (runAs) chownSync(made, runAs.uid, runAs.gid);
  }
  const reader = [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:0x${port.toString(16)}`,
    `LIBPATH /usr/lib/pcsc/drivers/${DRIVER}`,
    `CHANNELID 0x${port.toString(16)}`,
  ];
  writeFileSync(path.join(config, 'vpcd'), `${reader.join('\n')}\n`, { mode: 0o644 });

  const socket = path.join(sockets, 'pcscd.comm');
  const started = await startHelper(
    [
      ...unshared(runAs),
      ...['sh', '-c', INSIDE, 'sh', sockets, DRIVERS],
      ...[daemon, '--foreground', '--config', config, ...withoutPolkit(daemon)],
    ],
    { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, runAs, readyOn: 'spawn' },
  );
  const stop = async (): Promise<void> => {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waits = 0; !existsSync(socket); waits += 1) {
    if (waits > 400) {
      await stop();
      throw new CannotOpen(
        'pcscd did not open its socket within 20 s; it may have no right to make a mount namespace.',
      );
    }
    await pause(50);
  }
  return {
    env: { PCSCLITE_CSOCK_NAME: socket },
    slots: [
      { port, name: 'Virtual PCD 00 00' },
      { port: port + 1, name: 'Virtual PCD 00 01' },
    ],
    module,
    pid: started.pid,
    stop,
  };
}
