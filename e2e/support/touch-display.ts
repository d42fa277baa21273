import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

const MOTION = 6;
const QUERY_EXTENSION = 98;
const GET_INPUT_FOCUS = 43;
const FAKE_INPUT = 2;
const ANSWER = 32;

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

/** The cookie of an Xauthority file with one entry: its last field. */
function cookieIn(file: string): Buffer {
  const bytes = readFileSync(file);
  let at = 2;
  let field = Buffer.alloc(0);
  while (at < bytes.length) {
    const length = bytes.readUInt16BE(at);
    field = bytes.subarray(at + 2, at + 2 + length);
    at += 2 + length;
  }
  return field;
}

function greeting(cookie: Buffer): Buffer {
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  const head = Buffer.alloc(12);
  head.write('l');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(name.length, 6);
  head.writeUInt16LE(cookie.length, 8);
  return Buffer.concat([head, padded(name), padded(cookie)]);
}

function queryExtension(name: string): Buffer {
  const text = padded(Buffer.from(name));
  const head = Buffer.alloc(8);
  head.writeUInt8(QUERY_EXTENSION);
  head.writeUInt16LE(2 + text.length / 4, 2);
  head.writeUInt16LE(name.length, 4);
  return Buffer.concat([head, text]);
}

/** A movement of the mouse by one point, as XTEST's FakeInput. */
function movement(opcode: number, by: number): Buffer {
  const request = Buffer.alloc(36);
  request.writeUInt8(opcode);
  request.writeUInt8(FAKE_INPUT, 1);
  request.writeUInt16LE(9, 2);
  request.writeUInt8(MOTION, 4);
  request.writeUInt8(1, 5); // by so much, not to there
  request.writeInt16LE(by, 24);
  return request;
}

/** So many bytes, and no more; throws when the display hangs up. */
async function take(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = socket.read(count) as Buffer | null;
    if (bytes !== null) return bytes;
    if (socket.readableEnded) throw new Error('The display hung up.');
    await once(socket, 'readable');
  }
}

/**
 * Moves the mouse of a virtual display, as a hand would: what Playwright types goes to the page past the display, whose idle
 * time it does not touch.
 * @param display DISPLAY (`:7`) and XAUTHORITY of the run
 */
export async function touchDisplay(display: Readonly<Record<string, string>>): Promise<void> {
  const { DISPLAY = '', XAUTHORITY = '' } = display;
  const socket = connect(`/tmp/.X11-unix/X${/^:(\d+)/.exec(DISPLAY)?.[1] ?? ''}`);
  try {
    await once(socket, 'connect');
    socket.write(greeting(cookieIn(XAUTHORITY)));
    const welcome = await take(socket, 8);
    if (welcome.readUInt8() !== 1) throw new Error('The display refused the cookie.');
    await take(socket, welcome.readUInt16LE(6) * 4);
    socket.write(queryExtension('XTEST'));
    const answer = await take(socket, ANSWER);
    if (answer.readUInt8(8) === 0) throw new Error('The display has no XTEST.');
    const opcode = answer.readUInt8(9);
    const sync = Buffer.from([GET_INPUT_FOCUS, 0, 1, 0]);
    socket.write(Buffer.concat([movement(opcode, 1), movement(opcode, -1), sync]));
    // Answered in order: once this is, the movements were taken.
    await take(socket, ANSWER);
  } finally {
    socket.destroy();
  }
}
