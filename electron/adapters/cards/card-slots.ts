import pkcs11js from 'pkcs11js';
import type { CardsSeen, CardToken } from '../../services/cards/card-port.ts';
import { tryTo } from './pkcs11-errors.ts';
import { type Handle, type Pkcs11, plainText } from './pkcs11-module.ts';
import { certificateHandles, readCertificates, readToken, type TokenFacts } from './pkcs11-token.ts';

/** A card in a reader, from the look that first saw it until the look that misses it. */
export interface HeldCard {
  readonly slot: Handle;
  readonly readerId: string;
  readonly facts: TokenFacts;
  readonly token: CardToken;
}

export interface CardSlots {
  /** Asks the module what is in its slots now. A module that no longer says has no cards: silence must not keep a session open. */
  readonly look: () => void;
  /** A token that has not changed is the same object as before. */
  readonly readers: () => CardsSeen['readers'];
  readonly find: (readerId: string) => HeldCard | null;
  /** Reads again what a login may have changed: the tries. `null` when it came to none. */
  readonly refresh: (readerId: string, login: 'right' | 'wrong' | null) => void;
}

interface Slot {
  readonly name: string;
  card: Held | null;
}

interface Held extends HeldCard {
  /** Kept open: the module ends it when the card goes, which tells a card that was taken out and put back between two looks. */
  readonly session: Handle | null;
  readonly certificates: string;
  readonly age: number;
  /** The last login here was wrong: some tokens say so only before the last try. */
  readonly wrong: boolean;
}

/** CKF_TOKEN_PRESENT of CK_SLOT_INFO, which the binding has no name for. */
const TOKEN_PRESENT = 1;
/** As many as the screens show. */
const MOST_READERS = 16;
/** Looks after which a card that stays is read again: another program may have spent a try, or renewed a certificate. */
const READ_AGAIN = 10;
/** A card that is there and says nothing that can be used. */
const NOTHING: TokenFacts = {
  label: '',
  tries: 'unknown',
  ownKeypad: false,
  pinLength: { least: 0, most: 0 },
};

/** @param nameReader makes a name that no earlier card had */
export function watchSlots(pkcs11: Pkcs11, nameReader: (slot: Handle) => string): CardSlots {
  let slots = new Map<string, Slot>();

  const lookAt = (handle: Handle, before: Slot | undefined): Slot | null => {
    const info = tryTo(() => pkcs11.C_GetSlotInfo(handle));
    if (info === null) return null;
    const name = before?.name ?? plainText(info.slotDescription, 64);
    const present = (info.flags & TOKEN_PRESENT) !== 0;
    const old = before?.card ?? null;
    const stays = present && old !== null && isHeld(pkcs11, old);
    if (old !== null && !stays) letGo(pkcs11, old);
    const card = stays ? older(pkcs11, old) : present ? hold(pkcs11, handle, nameReader(handle)) : null;
    return { name, card };
  };

  const find = (readerId: string): Slot | null => {
    for (const slot of slots.values()) if (slot.card?.readerId === readerId) return slot;
    return null;
  };

  return {
    look: () => {
      const next = new Map<string, Slot>();
      // Without the flag: only so do some modules look for readers that were plugged in since.
      for (const handle of tryTo(() => pkcs11.C_GetSlotList(false)) ?? []) {
        const key = handle.toString('hex');
        const slot = lookAt(handle, slots.get(key));
        if (slot !== null) next.set(key, slot);
      }
      for (const [key, { card }] of slots) if (card !== null && !next.has(key)) letGo(pkcs11, card);
      slots = next;
    },
    readers: () => readersOf([...slots.values()]),
    find: (readerId) => find(readerId)?.card ?? null,
    refresh: (readerId, login) => {
      const slot = find(readerId);
      if (!slot?.card) return;
      const wrong = login === null ? slot.card.wrong : login === 'wrong';
      slot.card = readAgain(pkcs11, slot.card, wrong);
    },
  };
}

/** Null for a slot whose token was never set up. */
function hold(pkcs11: Pkcs11, slot: Handle, readerId: string): Held | null {
  const session = tryTo(() => pkcs11.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION));
  const held = readCard(pkcs11, { slot, readerId, session, wrong: false });
  if (held === null && session !== null) tryTo(() => pkcs11.C_CloseSession(session));
  return held;
}

function readCard(
  pkcs11: Pkcs11,
  { slot, readerId, session, wrong }: Pick<Held, 'slot' | 'readerId' | 'session' | 'wrong'>,
): Held | null {
  const read = tryTo(() => ({ facts: readToken(pkcs11, slot) }));
  if (read !== null && read.facts === null) return null;
  const facts = withTry(read?.facts ?? NOTHING, wrong);
  const handles = session === null ? [] : (tryTo(() => certificateHandles(pkcs11, session)) ?? []);
  const certificates = session === null ? [] : readCertificates(pkcs11, session, handles);
  const { label, tries, ownKeypad } = facts;
  const token: CardToken = { readerId, label, tries, ownKeypad, certificates };
  return { slot, readerId, session, facts, token, certificates: nameOf(handles), age: 0, wrong };
}

const withTry = (facts: TokenFacts, wrong: boolean): TokenFacts =>
  wrong && facts.tries === 'full' ? { ...facts, tries: 'low' } : facts;

const nameOf = (handles: readonly Handle[]): string =>
  handles.map((handle) => handle.toString('hex')).join(' ');

function isHeld(pkcs11: Pkcs11, card: Held): boolean {
  const { session } = card;
  return session === null || tryTo(() => pkcs11.C_GetSessionInfo(session)) !== null;
}

function letGo(pkcs11: Pkcs11, { session }: Held): void {
  if (session !== null) tryTo(() => pkcs11.C_CloseSession(session));
}

function older(pkcs11: Pkcs11, card: Held): Held {
  return card.age + 1 < READ_AGAIN ? { ...card, age: card.age + 1 } : readAgain(pkcs11, card, card.wrong);
}

/** The same card, with the same `token` object when nothing of it has changed. */
function readAgain(pkcs11: Pkcs11, card: Held, wrong: boolean): Held {
  const session = card.session ?? tryTo(() => pkcs11.C_OpenSession(card.slot, pkcs11js.CKF_SERIAL_SESSION));
  const read = tryTo(() => readToken(pkcs11, card.slot));
  const facts = read === null ? null : withTry(read, wrong);
  const handles = session === null ? null : tryTo(() => certificateHandles(pkcs11, session));
  const same =
    (facts === null || (facts.tries === card.facts.tries && facts.label === card.facts.label)) &&
    (handles === null || nameOf(handles) === card.certificates);
  const kept = { ...card, session, age: 0, wrong };
  return same ? kept : (readCard(pkcs11, kept) ?? kept);
}

/** Some modules have several slots for one reader, most of them empty: a reader without a card is one line. */
function readersOf(slots: readonly Slot[]): CardsSeen['readers'] {
  const withCard = new Set(slots.filter((slot) => slot.card !== null).map((slot) => slot.name));
  const empty = new Set<string>();
  return slots
    .filter(({ name, card }) => {
      if (card !== null) return true;
      if (withCard.has(name) || empty.has(name)) return false;
      empty.add(name);
      return true;
    })
    .map(({ name, card }) => ({ name, token: card?.token ?? null }))
    .sort((a, b) => Number(b.token !== null) - Number(a.token !== null) || a.name.localeCompare(b.name))
    .slice(0, MOST_READERS);
}
