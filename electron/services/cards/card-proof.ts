import type { CardKey } from '../session/index.ts';
import type { CardPort } from './card-port.ts';
import type { ReadCard } from './card-reading.ts';
import { cardFailure, refuseCard } from './card-words.ts';
import type { LoadCertificates } from './certificate-port.ts';

export interface ProofOptions {
  readonly cards: CardPort;
  readonly certificates: LoadCertificates;
  /** Fresh random bytes. */
  readonly random: (length: number) => Uint8Array;
}

/** A card whose certificate may be used, and whose number is known. */
export interface UsableCard extends ReadCard {
  readonly certificate: NonNullable<ReadCard['certificate']>;
  /** The card and which of its keys, as the vault knows it. */
  readonly key: CardKey;
}

/** So that no signature made for anything else can pass for an answer, nor an answer for anything else. */
const CHALLENGE = new TextEncoder().encode('esr-access-desk challenge v1\0');

export type CardProof = ReturnType<typeof createCardProof>;

/** Proves that a card is there, may be used, and answers with its own key: the same for signing in, enrolling and deciding. */
export function createCardProof({ cards, certificates: load, random }: ProofOptions) {
  return {
    /** What `CardReading.read` found, where it may be used. Throws CARD_REFUSED before any passcode is spent. */
    usable: async (card: ReadCard | null): Promise<UsableCard> => {
      if (card === null)
        throw refuseCard('card-gone', 'The card is not in the reader any more. Put it in, then try again.');
      const { judged, certificate } = card;
      const { standing, sentence, uuid } = judged;
      if (standing !== 'good' && standing !== 'revocation-unchecked') throw refuseCard(standing, sentence);
      if (certificate === null || uuid === null) throw refuseCard('no-certificate', sentence);
      if (card.token.tries === 'locked') throw cardFailure('pin-locked', 'locked');
      const keyFingerprint = (await load()).keyFingerprint(certificate.der);
      return { ...card, certificate, key: { uuid, keyFingerprint } };
    },

    /** A fresh challenge, signed with the further messages in one login, and checked. Throws CARD_REFUSED. */
    answer: async (
      { token, certificate }: UsableCard,
      pin: string,
      messages: readonly Uint8Array[],
    ): Promise<readonly Uint8Array[]> => {
      const certificates = await load();
      const challenge = concat(CHALLENGE, random(32));
      const { readerId } = token;
      const all = [challenge, ...messages];
      const result = await cards.sign({ readerId, keyId: certificate.keyId, pin, messages: all });
      if (!result.ok) throw cardFailure(result.reason, result.tries, result.code);
      const answers = all.map((message, i) => ({ message, signature: result.signatures[i] }));
      for (const { message, signature } of answers) {
        if (signature === undefined || !certificates.verify(certificate.der, message, signature)) {
          throw refuseCard(
            'wrong-answer',
            'The card’s answer does not fit its certificate. Have the card looked at by the Registration Authority.',
          );
        }
      }
      return result.signatures.slice(1);
    },
  };
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
