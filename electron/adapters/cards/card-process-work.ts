import { randomBytes } from 'node:crypto';
import type { CardSignResult, CardsSeen } from '../../services/cards/card-port.ts';
import { ALIVE_EVERY_MS, type FromCards, type ToCards, type WireSignRequest } from './card-messages.ts';
import { type CardSlots, type HeldCard, watchSlots } from './card-slots.ts';
import { failureOf, returnValue, tryTo } from './pkcs11-errors.ts';
import { type LoadedModule, loadFirst } from './pkcs11-module.ts';
import { signWithCard } from './pkcs11-sign.ts';

/**
 * What runs in the card process. Every call into the module is made on its one thread, one after the other: a call that does not come
 * back stops the whole process from answering, which is what its host waits for. Nothing here has a timeout.
 */
export interface CardProcessPort {
  readonly post: (message: FromCards) => void;
  readonly onMessage: (listener: (message: ToCards) => void) => void;
  readonly exit: () => void;
}

const LOOK_EVERY_MS = 500;

export function runCardProcess(port: CardProcessPort): void {
  let work: CardWork | null = null;
  const sign = (id: number, request: WireSignRequest): void => {
    const result = signAndWipe(work, request);
    // The tries that are left are known before the answer is.
    work?.tell();
    port.post({ type: 'signed', id, result });
  };
  port.onMessage((message) => {
    switch (message.type) {
      case 'use':
        work ??= startWork(port, message.modulePaths);
        return;
      case 'sign':
        sign(message.id, message.request);
        return;
      case 'end':
        work?.end();
        port.exit();
        return;
      default:
        message satisfies never;
    }
  });
}

interface CardWork {
  readonly slots: CardSlots;
  readonly loaded: LoadedModule;
  /** Says what is seen when that has changed since it was said last. */
  readonly tell: () => void;
  readonly end: () => void;
}

function startWork(port: CardProcessPort, modulePaths: readonly string[]): CardWork | null {
  const loaded = loadFirst(modulePaths, (name) => port.post({ type: 'trying', name }));
  const { pkcs11 } = loaded;
  if (pkcs11 === null) {
    port.post({ type: 'seen', seen: { module: loaded.about, readers: [] } });
    return null;
  }
  const slots = watchSlots(pkcs11, nameReaders());
  let told: CardsSeen['readers'] | null = null;
  const tell = (): boolean => {
    const readers = slots.readers();
    if (told !== null && isSame(told, readers)) return false;
    told = readers;
    port.post({ type: 'seen', seen: { module: loaded.about, readers } });
    return true;
  };
  let quietSince = performance.now();
  const look = (): void => {
    slots.look();
    const now = performance.now();
    if (tell()) quietSince = now;
    else if (now - quietSince >= ALIVE_EVERY_MS) {
      quietSince = now;
      port.post({ type: 'alive' });
    }
    timer = setTimeout(look, LOOK_EVERY_MS);
  };
  let timer: NodeJS.Timeout | undefined;
  look();
  return {
    slots,
    loaded,
    tell,
    end: () => {
      clearTimeout(timer);
      tryTo(() => pkcs11.C_Finalize());
    },
  };
}

function isSame(a: CardsSeen['readers'], b: CardsSeen['readers']): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ name, token }, at) => name === b[at]?.name && token === b[at]?.token);
}

/** A card that is put in again has another name, in this run and after a restart of the process. */
function nameReaders(): (slot: Buffer) => string {
  const run = randomBytes(6).toString('hex');
  let count = 0;
  return (slot) => {
    count += 1;
    return `${slot.toString('hex')}-${count}-${run}`;
  };
}

function signAndWipe(work: CardWork | null, request: WireSignRequest): CardSignResult {
  try {
    return signNow(work, request);
  } finally {
    request.pin.fill(0);
  }
}

function signNow(work: CardWork | null, request: WireSignRequest): CardSignResult {
  const pkcs11 = work?.loaded.pkcs11;
  if (!work || !pkcs11) return { ok: false, reason: 'module-failed', tries: 'unknown' };
  const { slots } = work;
  // The name stands for this card in this reader: nobody's passcode is tried on the next one.
  slots.look();
  const card = slots.find(request.readerId);
  if (card === null) return { ok: false, reason: 'card-gone', tries: 'unknown' };
  const unfit = refusedUnasked(card, request.pin);
  if (unfit !== null) return unfit;
  const began = performance.now();
  try {
    const pin = Buffer.from(request.pin.buffer, request.pin.byteOffset, request.pin.length).toString('utf8');
    const signed = signWithCard(pkcs11, card.slot, request.keyId, pin, request.messages);
    const cardMs = performance.now() - began;
    slots.refresh(request.readerId, 'right');
    if (signed.found) return { ok: true, signatures: signed.signatures, cardMs };
    return { ok: false, reason: 'key-missing', tries: triesNow(slots, request.readerId) };
  } catch (error) {
    return explain(slots, request.readerId, error);
  }
}

/** What the token has said already needs no asking, and would cost a try with some. */
function refusedUnasked({ facts }: HeldCard, pin: Uint8Array): CardSignResult | null {
  const { tries, ownKeypad, pinLength } = facts;
  if (tries === 'locked') return { ok: false, reason: 'pin-locked', tries };
  if (ownKeypad && pin.length === 0) return null;
  const tooShort = pin.length < Math.max(1, pinLength.least);
  const tooLong = pinLength.most > 0 && pin.length > pinLength.most;
  return tooShort || tooLong ? { ok: false, reason: 'pin-unfit', tries } : null;
}

function explain(slots: CardSlots, readerId: string, error: unknown): CardSignResult {
  const reason = failureOf(error);
  const gone = reason === 'card-gone' || (reason === 'module-failed' && hasGone(slots, readerId));
  if (gone) {
    slots.look();
    return { ok: false, reason: 'card-gone', tries: 'unknown' };
  }
  slots.refresh(readerId, reason === 'wrong-pin' ? 'wrong' : null);
  const code = reason === 'module-failed' ? returnValue(error) : null;
  const tries = reason === 'pin-locked' ? 'locked' : triesNow(slots, readerId);
  return { ok: false, reason, tries, ...(code !== null && { code }) };
}

/** A card that is pulled in the middle shows itself as any error at all, and its reader is asked by some modules once a second only. */
const GONE_WITHIN_MS = 1_500;

function hasGone(slots: CardSlots, readerId: string): boolean {
  const until = performance.now() + GONE_WITHIN_MS;
  const bell = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    slots.look();
    if (slots.find(readerId) === null) return true;
    if (performance.now() > until) return false;
    Atomics.wait(bell, 0, 0, 100);
  }
}

const triesNow = (slots: CardSlots, readerId: string) => slots.find(readerId)?.token.tries ?? 'unknown';
