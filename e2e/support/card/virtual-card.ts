import { randomBytes } from 'node:crypto';
import { type CardContents, type CommandName, makePivApplet } from './piv-applet.ts';
import { openReaderWire, type ReaderWire } from './reader-wire.ts';

/** One slot of vpcd. */
export interface Slot {
  readonly port: number;
  /** As PC/SC names the reader, and PKCS#11 the slot. */
  readonly name: string;
}

export interface VirtualCard {
  /** Puts it into a reader; returns once the reader has seen it. */
  readonly insert: (slot: Slot) => Promise<void>;
  /** Pulls it out, in the middle of a command too, which then has no answer. */
  readonly remove: () => Promise<void>;
  readonly isInserted: () => boolean;
  /**
   * Called before each command is answered, and waited for: a test pulls the card out in it, or makes it slow.
   * Null to let it go again.
   */
  readonly onApdu: (listener: ((command: CommandName) => void | Promise<void>) | null) => void;
  readonly triesLeft: () => number;
  /** How many of these commands it has answered since it was made. */
  readonly answered: (command: CommandName) => number;
}

/**
 * T=1 alone, and historical bytes that name the PIV application, as NIST's own test cards have them: OpenSC then holds it for a
 * card that keeps to the standard, and asks it for its tries.
 */
const ATR = ((): Buffer => {
  const body = Buffer.from('8b0180f9a00000030800001000', 'hex');
  return Buffer.concat([Buffer.from([0x3b]), body, Buffer.from([body.reduce((sum, byte) => sum ^ byte, 0)])]);
})();

const CONTROL = { off: 0, on: 1, reset: 2, atr: 4 } as const;
const PATIENCE_MS = 15_000;

export function makeVirtualCard(
  about: Omit<CardContents, 'cardId' | 'tries'> & Partial<CardContents>,
): VirtualCard {
  const applet = makePivApplet({ tries: 3, cardId: randomBytes(16), ...about });
  const counts = new Map<CommandName, number>();
  let listener: ((command: CommandName) => void | Promise<void>) | null = null;
  let inReader: ReaderWire | undefined;

  /** @param onSeen called when the reader asks who is there, as it does on each look */
  const obey = async (wire: ReaderWire, message: Buffer, onSeen: () => void): Promise<void> => {
    if (message.length === 1) {
      if (message[0] === CONTROL.atr) {
        wire.send(ATR);
        onSeen();
      } else applet.reset();
      return;
    }
    const name = applet.nameOf(message);
    await listener?.(name);
    if (!wire.isOpen()) return; // pulled out meanwhile: the command was never carried out
    wire.send(applet.answer(message));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };

  const insert = async ({ port, name }: Slot): Promise<void> => {
    if (inReader?.isOpen()) throw new Error('The card is in a reader already.');
    applet.reset();
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`${name} did not ask for the card within ${PATIENCE_MS} ms.`));
        void wire.close();
      }, PATIENCE_MS);
      const seen = (): void => {
        clearTimeout(late);
        resolve();
      };
      const wire = openReaderWire(
        port,
        (message) => obey(wire, message, seen),
        (why) => {
          clearTimeout(late);
          reject(new Error(`${name} did not take the card: ${why}.`));
        },
      );
      inReader = wire;
    });
  };

  return {
    insert,
    remove: async () => inReader?.close(),
    isInserted: () => inReader?.isOpen() ?? false,
    onApdu: (next) => {
      listener = next;
    },
    triesLeft: applet.triesLeft,
    answered: (command) => counts.get(command) ?? 0,
  };
}
