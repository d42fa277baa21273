import { spawn } from 'node:child_process';
import path from 'node:path';
import { asAccount } from '../processes.ts';

/** The connection of one card to one slot of vpcd; while it lasts the card is in. */
export interface ReaderWire {
  readonly isOpen: () => boolean;
  readonly send: (message: Buffer) => void;
  /** Returns when the reader has nothing to talk to any more. */
  readonly close: () => Promise<void>;
}

/**
 * @param onMessage called for one message at a time, in order
 * @param onEnd called once, with why, when it has ended by either side
 */
export function openReaderWire(
  port: number,
  onMessage: (message: Buffer) => Promise<void>,
  onEnd: (why: string) => void,
): ReaderWire {
  const [program, ...args] = asAccount(
    ['perl', path.join(import.meta.dirname, 'quick-relay.pl'), String(port)],
    undefined,
  );
  const child = spawn(program, args, { stdio: 'pipe' });
  let open = true;
  let complaint = 'the reader let go of it';
  let held = Buffer.alloc(0);
  let turn = Promise.resolve();
  child.stderr.setEncoding('utf8').on('data', (said: string) => {
    complaint = said.trim();
  });
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const message = Buffer.from(held.subarray(2, 2 + held.readUInt16BE(0)));
      held = held.subarray(2 + message.length);
      turn = turn.then(() => (open ? onMessage(message) : undefined));
    }
  });
  const ended = new Promise<void>((resolve) => {
    const end = (why: string): void => {
      open = false;
      onEnd(why);
      resolve();
    };
    child.once('error', ({ message }) => end(message));
    child.once('close', () => end(complaint));
  });
  return {
    isOpen: () => open,
    send: (message) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      if (open) child.stdin.write(Buffer.concat([length, message]));
    },
    close: async () => {
      open = false;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
