import type { FindingRow } from '../../../../electron/contract/requests.contract.ts';

export const FINDING_WORDS = {
  'keyed-but-not-seen': {
    label: 'Keyed but not seen',
    says: 'We keyed it, and a later extract does not show it',
  },
  'seen-but-never-approved': {
    label: 'Seen but never approved',
    says: 'The extract shows it, and nobody approved it here',
  },
  'keyed-no-longer-grantable': {
    label: 'Keyed, no longer grantable',
    says: 'It was keyed although its approval no longer held',
  },
} satisfies Record<FindingRow['kind'], { label: string; says: string }>;

export const FINDING_KINDS = Object.keys(FINDING_WORDS) as readonly FindingRow['kind'][];
