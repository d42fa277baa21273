import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type OwnProcess, startHelper } from './processes.ts';

export interface Display {
  /** DISPLAY and XAUTHORITY, for whoever is to draw on it. */
  readonly env: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  readonly stop: OwnProcess['stop'];
}

const SCREEN = '1600x1000x24';

/** An Xauthority entry for any host and any display, so that it can be written before the number is known. */
function authority(cookie: Buffer): Buffer {
  const field = (value: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(value.length);
    return Buffer.concat([length, value]);
  };
  const anyFamily = Buffer.from([0xff, 0xff]);
  const nothing = Buffer.alloc(0);
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  return Buffer.concat([anyFamily, field(nothing), field(nothing), field(name), field(cookie)]);
}

/**
 * Starts a display that nobody sees, on a free number that the server itself picks, closed to everybody without the
 * cookie that lies in `folder`.
 */
export async function startDisplay(folder: string): Promise<Display> {
  const file = path.join(folder, 'display-authority');
  writeFileSync(file, authority(randomBytes(16)));
  chmodSync(file, 0o644); // whatever the umask says: another account reads it
  const server = await startHelper(
    ['Xvfb', '-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', file],
    { env: { PATH: process.env.PATH }, readyOn: 'fd3' },
  );
  return { env: { DISPLAY: `:${server.firstLine.trim()}`, XAUTHORITY: file }, stop: server.stop };
}
