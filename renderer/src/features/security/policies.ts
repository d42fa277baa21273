import type { CardSettings } from '../../../../electron/contract/security.contract.ts';

export type Policy = CardSettings['signatures']['approve-request'];

/** What each policy asks of whoever decides. */
export const POLICIES = {
  none: {
    label: 'No signature',
    explains: 'Whoever is signed in decides with one click; the ledger names them.',
  },
  'card-or-password': {
    label: 'By card, or by password where somebody has no card',
    explains: 'A password is the weaker signature: it shows that somebody knew it.',
  },
  card: {
    label: 'By card only',
    explains: 'Who has no card cannot decide.',
  },
} as const satisfies Record<Policy, { readonly label: string; readonly explains: string }>;

export const POLICY_IDS = ['none', 'card-or-password', 'card'] as const satisfies readonly Policy[];
