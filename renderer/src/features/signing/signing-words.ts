import type { StoredSignature } from '../../../../electron/contract/signing.contract.ts';

export const MEANS_WORDS = {
  card: 'a smartcard',
  'account-key': 'the key of the account, by password',
} as const satisfies Record<StoredSignature['means'], string>;

export const DECISION_WORDS = {
  'approve-request': 'Approval',
  exception: 'Decision on an exception',
  'urgent-removal': 'Urgent removal',
  'audit-sign-off': 'Audit sign-off',
} as const satisfies Record<StoredSignature['decision'], string>;

/**
 * One line that proves the signature without this program. A card's certificate may have expired since, so the moment of signing is
 * said (`-attime`, seconds since 1970); issuers above the last one that was kept need not be there (`-partial_chain`).
 */
export const checkCommand = (signedAt: string): string =>
  `openssl cms -verify -binary -inform PEM -in signature.pem -content text.txt -CAfile certificates.pem -partial_chain -purpose any -attime ${Math.floor(Date.parse(signedAt) / 1000)} -out checked.txt`;
