import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Answer, type Apdu, readApdu, STATUS, status } from './apdu.ts';
import { type CardKey, cardKey } from './card-key.ts';
import { readTlvs, tlv } from './tlv.ts';

export interface KeyOnCard {
  /** Private: RSA of 2048 or 3072 bits, or P-256. */
  readonly key: KeyObject;
  /** Of the key's public half. What it says is not looked at. */
  readonly certificateDer: Uint8Array;
}

/** What is burnt into a card: the authentication key, perhaps a signature key, a PIN of four to eight digits. */
export interface CardContents extends KeyOnCard {
  readonly signing?: KeyOnCard;
  readonly pin: string;
  /** How many wrong PINs lock it. */
  readonly tries: number;
  /** 16 bytes, one for each card: what OpenSC shows as its serial number. */
  readonly cardId: Uint8Array;
}

/** What a command was, for tests that wait for one or count them. */
export type CommandName = 'select' | 'get-data' | 'verify' | 'sign' | 'get-response' | 'other';

const INSTRUCTION: Readonly<Record<number, CommandName>> = {
  164: 'select',
  203: 'get-data',
  32: 'verify',
  135: 'sign',
  192: 'get-response',
};

/** Registered application provider of NIST, and the PIV application's own name (SP 800-73-4, part 1, 2.2). */
const RID = Buffer.from('a000000308', 'hex');
const PIX = Buffer.from('000010000100', 'hex');
const AID = Buffer.concat([RID, PIX]);

/** Data objects by tag (SP 800-73-4, part 1, table 3). */
const OBJECT = {
  capability: '5FC107',
  holder: '5FC102',
  authentication: '5FC105',
  signature: '5FC10A',
  discovery: '7E',
} as const;

/**
 * A FASC-N of agency 9999 is no federal one: the unique identifier below counts as the card's number then, and OpenSC
 * reads what a key may do from its certificate.
 */
const FASC_N = Buffer.from('d4e739da739ced39ce739da1685a1082108ce73984108ca3fc', 'hex');
const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const certificateObject = (der: Uint8Array): Buffer =>
  tlv('53', tlv('70', der), tlv('71', Buffer.from([0])), tlv('FE'));

function objectsOf(contents: CardContents): ReadonlyMap<string, Buffer> {
  const capability = [
    tlv('F0', AID, Buffer.alloc(10, 0xff)),
    ...['F1', 'F2'].map((tag) => tlv(tag, Buffer.from([0x21]))),
    tlv('F3'),
    tlv('F4', Buffer.from([0])),
    tlv('F5', Buffer.from([0x10])),
    ...['F6', 'F7', 'FA', 'FB', 'FC', 'FD', 'FE'].map((tag) => tlv(tag)),
  ];
  const holder = [tlv('30', FASC_N), tlv('34', contents.cardId), tlv('35', text('20391231')), tlv('3E')];
  const objects = new Map<string, Buffer>([
    [OBJECT.capability, tlv('53', ...capability)],
    [OBJECT.holder, tlv('53', ...holder, tlv('FE'))],
    [OBJECT.discovery, tlv('7E', tlv('4F', AID), tlv('5F2F', Buffer.from([0x40, 0])))],
    [OBJECT.authentication, certificateObject(contents.certificateDer)],
  ]);
  if (contents.signing) objects.set(OBJECT.signature, certificateObject(contents.signing.certificateDer));
  return objects;
}

export interface PivApplet {
  readonly nameOf: (command: Buffer) => CommandName;
  /** Answers a whole command with data and status word, as it goes over the wire. */
  readonly answer: (command: Buffer) => Buffer;
  /** As when the reader cuts the power or pulls the reset line: nobody is logged in any more. */
  readonly reset: () => void;
  readonly triesLeft: () => number;
}

/** The card's own part of NIST SP 800-73-4 that a sign-in needs: two keys, their certificates and one PIN. */
export function makePivApplet(contents: CardContents): PivApplet {
  const objects = objectsOf(contents);
  const keys = new Map<number, CardKey>([[0x9a, cardKey(contents.key)]]);
  if (contents.signing) keys.set(0x9c, cardKey(contents.signing.key));
  const pin = Buffer.alloc(8, 0xff);
  if (!/^\d{4,8}$/.test(contents.pin))
    throw new Error('The virtual card takes a PIN of four to eight digits.');
  pin.write(contents.pin, 'latin1');

  let tries = contents.tries;
  let verified = false;
  /** The signature key wants the PIN anew for each signature (part 1, table 4b: “PIN Always”). */
  let justVerified = false;
  let chain: Buffer[] = [];
  let pending = Buffer.alloc(0);

  const stateOfPin = (): Answer => status(tries === 0 ? STATUS.blocked : 0x63c0 + tries);

  const verify = ({ p1, p2, data }: Apdu): Answer => {
    if (p2 !== 0x80) return status(STATUS.keyNotFound);
    if (p1 === 0xff) {
      verified = justVerified = false;
      return status(STATUS.done);
    }
    if (data.length === 0) return verified ? status(STATUS.done) : stateOfPin();
    if (tries === 0) return status(STATUS.blocked);
    // Part 2, 3.2.1: what cannot be a PIN is refused, and spends no try.
    if (data.length !== 8 || !/^[0-9]{4,8}\xff*$/.test(data.toString('latin1')))
      return status(STATUS.wrongData);
    verified = justVerified = timingSafeEqual(data, pin);
    tries = verified ? contents.tries : tries - 1;
    return verified ? status(STATUS.done) : stateOfPin();
  };

  const sign = ({ p1, p2, data }: Apdu): Answer => {
    const key = keys.get(p2);
    if (!key) return status(STATUS.keyNotFound);
    if (key.algorithm !== p1) return status(STATUS.wrongParameters);
    if (!(p2 === 0x9c ? justVerified : verified)) return status(STATUS.securityNotSatisfied);
    justVerified = false;
    const template = readTlvs(data).find(({ tag }) => tag === '7C')?.value ?? Buffer.alloc(0);
    const challenge = readTlvs(template).find(({ tag }) => tag === '81')?.value;
    if (!challenge) return status(STATUS.wrongData);
    return { data: tlv('7C', tlv('82', key.sign(challenge))), status: STATUS.done };
  };

  const getData = ({ data }: Apdu): Answer => {
    const asked =
      readTlvs(data)
        .find(({ tag }) => tag === '5C')
        ?.value.toString('hex')
        .toUpperCase() ?? '';
    const object = objects.get(asked);
    return object ? { data: object, status: STATUS.done } : status(STATUS.notFound);
  };

  const select = ({ p1, data }: Apdu): Answer => {
    if (
      p1 !== 0x04 ||
      !data.subarray(0, RID.length).equals(RID) ||
      !AID.subarray(0, data.length).equals(data)
    )
      return status(STATUS.notFound);
    verified = justVerified = false;
    return { data: tlv('61', tlv('4F', PIX), tlv('79', tlv('4F', RID))), status: STATUS.done };
  };

  const perform = (apdu: Apdu): Answer => {
    switch (INSTRUCTION[apdu.ins]) {
      case 'select':
        return select(apdu);
      case 'get-data':
        return getData(apdu);
      case 'verify':
        return verify(apdu);
      case 'sign':
        return sign(apdu);
      default:
        return status(STATUS.unknownInstruction);
    }
  };

  /** The first part of what is left to say; the status word tells how much follows (ISO/IEC 7816-4, 5.3.4). */
  const speak = (data: Buffer, code: number, wanted: number): Buffer => {
    const part = data.subarray(0, Math.min(data.length, wanted || 256));
    pending = Buffer.from(data.subarray(part.length));
    const word = Buffer.alloc(2);
    word.writeUInt16BE(pending.length === 0 ? code : 0x6100 + (pending.length > 255 ? 0 : pending.length));
    return Buffer.concat([part, word]);
  };

  const answer = (command: Buffer): Buffer => {
    const apdu = readApdu(command);
    if (!apdu) return speak(Buffer.alloc(0), STATUS.wrongLength, 0);
    if (INSTRUCTION[apdu.ins] === 'get-response') return speak(pending, STATUS.done, apdu.wanted);
    if (apdu.chained) {
      chain.push(Buffer.from(apdu.data));
      return speak(Buffer.alloc(0), STATUS.done, 0);
    }
    const data = Buffer.concat([...chain, apdu.data]);
    chain = [];
    try {
      const { data: said, status: code } = perform({ ...apdu, data });
      return speak(said, code, apdu.wanted);
    } catch {
      return speak(Buffer.alloc(0), STATUS.wrongData, 0);
    }
  };

  return {
    // All but the last part of a chained command do nothing yet.
    nameOf: (command) =>
      ((command[0] ?? 0) & 0x10) === 0 ? (INSTRUCTION[command[1] ?? 0] ?? 'other') : 'other',
    answer,
    reset: () => {
      verified = justVerified = false;
      chain = [];
      pending = Buffer.alloc(0);
    },
    triesLeft: () => tries,
  };
}
