import { createSign, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CardPort, CardSignRequest } from './card-port.ts';
import { createCardProof, type UsableCard } from './card-proof.ts';
import type { CertificateTools } from './certificate-port.ts';

// What no real card does: answer with what another key signed, or with an old answer. Keys and signatures are real.
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = pair();
const signed = (key: typeof own.privateKey, message: Uint8Array) =>
  createSign('sha256').update(message).sign(key);
const certificates = {
  verify: (_: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
    verify('sha256', message, own.publicKey, signature),
} as CertificateTools;
const card = {
  token: { readerId: 'r1' },
  certificate: { keyId: '01', der: new Uint8Array() },
  key: { uuid: '1' },
} as unknown as UsableCard;

function proving(answer: (request: CardSignRequest) => readonly Uint8Array[]) {
  const asked: Uint8Array[] = [];
  const cards = {
    sign: async (request: CardSignRequest) => {
      asked.push(...request.messages);
      return { ok: true, signatures: answer(request), cardMs: 1 };
    },
  } as unknown as CardPort;
  const proof = createCardProof({
    cards,
    certificates: async () => certificates,
    random: (length) => randomBytes(length),
  });
  return { proof, asked };
}

describe('the proof that a card answers', () => {
  it('takes the answers of the certificate’s own key, each to its message, and never asks the same twice', async () => {
    const { proof, asked } = proving(({ messages }) =>
      messages.map((message) => signed(own.privateKey, message)),
    );
    const message = new Uint8Array([1, 2, 3]);
    const [signature] = await proof.answer(card, '1234', [message]);
    expect(verify('sha256', message, own.publicKey, signature ?? new Uint8Array())).toBe(true);
    await proof.answer(card, '1234', []);
    expect(Buffer.compare(asked[0] ?? Buffer.alloc(0), asked[2] ?? Buffer.alloc(0))).not.toBe(0);
  });

  it.each<[string, (request: CardSignRequest) => readonly Uint8Array[]]>([
    ['another key’s', ({ messages }) => messages.map((message) => signed(pair().privateKey, message))],
    [
      'an answer to something else',
      ({ messages }) => messages.map(() => signed(own.privateKey, new Uint8Array([9]))),
    ],
    ['none', () => []],
    [
      'the answers in the wrong order',
      ({ messages }) => messages.map((message) => signed(own.privateKey, message)).reverse(),
    ],
  ])('refuses %s', async (_, answer) => {
    const { proof } = proving(answer);
    await expect(proof.answer(card, '1234', [new Uint8Array([1])])).rejects.toMatchObject({
      code: 'CARD_REFUSED',
      details: { reason: 'wrong-answer' },
    });
  });
});
