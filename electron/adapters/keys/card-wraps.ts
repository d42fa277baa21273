import { createHmac } from 'node:crypto';
import { openCardSeal, sealForCard } from './seal.ts';
import { type CardWrap, type Keyring, removeWrap, type Unwrapped } from './wraps.ts';

/** HMAC-SHA256(device secret, "card:" + UUID), base64url: finds a card's wrap without naming it. */
export function cardWrapId(deviceSecret: Uint8Array, uuid: string): string {
  return createHmac('sha256', deviceSecret).update(`card:${uuid}`).digest('base64url');
}

/** HMAC-SHA256(device secret, "card-key:" + SHA-256 of the public key), base64url. */
function cardKeyId(deviceSecret: Uint8Array, keyFingerprint: Uint8Array): string {
  return createHmac('sha256', deviceSecret).update('card-key:').update(keyFingerprint).digest('base64url');
}

/** What the card signs, so that a key comes out of the signature: for nothing else, for this store and this wrap. */
export function cardWrapMessage(storeId: string, salt: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`esr-access-desk card wrap v1\0${storeId}\0`, 'utf8'), salt]);
}

/** A card, one key of it, and the PC. `keyFingerprint`: SHA-256 of the certificate's public key. */
export interface WrapOfCard {
  readonly uuid: string;
  readonly keyFingerprint: Uint8Array;
  readonly deviceSecret: Uint8Array;
}

/**
 * Adds the card's wrap, or replaces the one it has. With `signature` null the device secret alone opens it. The signature is the
 * caller's to wipe.
 */
export function setCardWrap(
  ring: Keyring,
  key: Uint8Array,
  card: WrapOfCard,
  { salt, signature }: { readonly salt: Uint8Array; readonly signature: Uint8Array | null },
): Keyring {
  const name = {
    id: cardWrapId(card.deviceSecret, card.uuid),
    key: cardKeyId(card.deviceSecret, card.keyFingerprint),
    binding: signature === null ? ('device' as const) : ('signature' as const),
    salt: Buffer.from(salt).toString('base64url'),
  };
  const about = { ...name, storeId: ring.storeId };
  const seal = sealForCard(key, about, { signature, deviceSecret: card.deviceSecret });
  return { ...ring, wraps: [...removeWrap(ring, name.id).wraps, { ...name, kind: 'card', ...seal }] };
}

/** The wrap of this very key; null where the card has none, or one of another key. */
export function cardWrapOf(ring: Keyring, card: WrapOfCard): CardWrap | null {
  const wrap = anyCardWrap(ring, card);
  return wrap !== null && wrap.key === cardKeyId(card.deviceSecret, card.keyFingerprint) ? wrap : null;
}

export function cardWrapState(ring: Keyring, card: WrapOfCard): 'enrolled' | 'none' | 'renewed' {
  if (anyCardWrap(ring, card) === null) return 'none';
  return cardWrapOf(ring, card) === null ? 'renewed' : 'enrolled';
}

/** A signature for a wrap that wants none, or none for one that wants it, makes another key and is refused. */
export function unwrapWithCard(ring: Keyring, card: WrapOfCard, signature: Uint8Array | null): Unwrapped {
  const wrap = cardWrapOf(ring, card);
  if (wrap === null) return { ok: false, reason: 'refused' };
  const about = { ...wrap, storeId: ring.storeId };
  const key = openCardSeal(wrap, about, { signature, deviceSecret: card.deviceSecret });
  return key === null ? { ok: false, reason: 'refused' } : { ok: true, key };
}

function anyCardWrap(ring: Keyring, { deviceSecret, uuid }: WrapOfCard): CardWrap | null {
  const id = cardWrapId(deviceSecret, uuid);
  return ring.wraps.find((each): each is CardWrap => each.id === id && each.kind === 'card') ?? null;
}
