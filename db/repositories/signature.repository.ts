import { eq } from 'drizzle-orm';
import { decision } from '../../electron/contract/signing.contract.ts';
import type { SignatureRepository } from '../../electron/services/ground/ports.ts';
import { accountKeys, signatures } from '../schema/work.ts';
import type { Drizzle } from './drizzle.ts';

export function createSignatureRepository(orm: Drizzle): SignatureRepository {
  return {
    insert: (signature) => {
      const { cms, certificate } = signature;
      orm
        .insert(signatures)
        .values({ ...signature, cms: Buffer.from(cms), certificate: Buffer.from(certificate) })
        .run();
    },
    bySubject: (subjectId) =>
      orm
        .select()
        .from(signatures)
        .where(eq(signatures.subjectId, subjectId))
        .orderBy(signatures.seq)
        .all()
        .map((row) => ({ ...row, decision: decision.parse(row.decision) })),
    accountKey: (userId) =>
      orm
        .select({ certificate: accountKeys.certificate, privateScalar: accountKeys.privateScalar })
        .from(accountKeys)
        .where(eq(accountKeys.userId, userId))
        .get() ?? null,
    setAccountKey: (userId, { certificate, privateScalar }) => {
      const key = { certificate: Buffer.from(certificate), privateScalar: Buffer.from(privateScalar) };
      orm
        .insert(accountKeys)
        .values({ userId, ...key })
        .onConflictDoUpdate({ target: accountKeys.userId, set: key })
        .run();
    },
  };
}
