import { type IsoInstant, showInstant } from '../dates.ts';
import { plainLines } from '../plain-lines.ts';

/** A review of the ledger, as the one who made it signs for it. */
export interface SignOffFacts {
  readonly trust: string;
  readonly environment: string;
  /** Events in the ledger when it was verified. */
  readonly size: number;
  /** RFC 6962, 64 hex digits. */
  readonly rootHash: string;
  readonly verifiedAt: IsoInstant;
  readonly before: { readonly size: number; readonly at: IsoInstant } | null;
  /** What was looked at, in the reviewer's words. */
  readonly reviewed: string;
  readonly by: { readonly displayName: string; readonly employeeNumber: string | null };
}

/** The exact words that a sign-off signs. Whoever keeps them keeps a root that a ledger put back to an older copy cannot have. */
export function signOffText(facts: SignOffFacts): string {
  const { trust, environment, size, rootHash, verifiedAt, before, reviewed, by } = facts;
  return plainLines([
    'AUDIT LOG SIGNED OFF',
    '',
    `Trust: ${trust} (${environment})`,
    `Events: ${size.toLocaleString('en-GB')}, all as they were written`,
    `Root hash (RFC 6962, SHA-256): ${rootHash}`,
    `Verified: ${showInstant(verifiedAt)}`,
    `Signed off before: ${before === null ? 'never' : `${before.size.toLocaleString('en-GB')} events, on ${showInstant(before.at)}`}`,
    '',
    `Reviewed: ${reviewed}`,
    `Signed off by: ${by.displayName} (${by.employeeNumber ?? 'no employee number'})`,
  ]);
}
