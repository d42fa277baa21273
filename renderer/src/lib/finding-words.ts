import type { AccessDays, FindingRow } from '../../../electron/contract/findings.contract.ts';
import { formatDate } from './format.ts';

export const FINDING_WORDS = {
  'keyed-but-not-seen': {
    label: 'Keyed but not seen',
    says: 'We keyed it, and a later extract does not show it',
    shape: 'triangle',
    tone: 'bad',
  },
  'seen-with-other-dates': {
    label: 'Seen, with other dates',
    says: 'ESR shows what was keyed, with other dates',
    shape: 'triangle',
    tone: 'bad',
  },
  'held-past-approval': {
    label: 'Held past its approval',
    says: 'The approved day has passed, and ESR still shows it',
    shape: 'triangle',
    tone: 'bad',
  },
  'seen-but-never-approved': {
    label: 'Seen but never approved',
    says: 'The extract shows it, and nobody approved it here',
    shape: 'diamond',
    tone: 'warn',
  },
  'keyed-no-longer-grantable': {
    label: 'Keyed, no longer grantable',
    says: 'It was keyed although its approval no longer held',
    shape: 'triangle',
    tone: 'bad',
  },
} as const satisfies Record<FindingRow['kind'], { label: string; says: string; shape: string; tone: string }>;

export const FINDING_KINDS = Object.keys(FINDING_WORDS) as readonly FindingRow['kind'][];

/** `10 Nov 2026 to 31 Dec 2026`; that there is no end is said, since it is what most often differs. */
export const daysInWords = ({ from, lastDay }: AccessDays): string => {
  const start = from === null ? 'No start date' : formatDate(from);
  return lastDay === null ? `${start}, no end date` : `${start} to ${formatDate(lastDay)}`;
};
