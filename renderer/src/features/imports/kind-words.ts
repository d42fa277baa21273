import type { ImportCounts, ImportKind } from '../../../../electron/contract/imports.contract.ts';

export const KIND_WORDS = {
  go: { label: 'ESR Generic Outbound file (GO)', short: 'Register', says: 'People, posts and organisations' },
  holdings: {
    label: 'URP holdings (Active Responsibilities)',
    short: 'Holdings',
    says: 'Who holds which access',
  },
  oneforms: { label: 'OneForms from the Service Desk', short: 'OneForms', says: 'What has been asked for' },
  'as-numbers': {
    label: 'AS numbers from Finance',
    short: 'AS numbers',
    says: 'Numbers that Finance has issued',
  },
  training: { label: 'Training compliance', short: 'Training', says: 'Who has passed mandatory training' },
} satisfies Record<ImportKind, { label: string; short: string; says: string }>;

export const IMPORT_KINDS = Object.keys(KIND_WORDS) as readonly ImportKind[];

const number = new Intl.NumberFormat('en-GB');

/** "12 new, 3 changed, 0 ended, 1 failed": always all four, so that a nought is said and not left out. */
export const countsSentence = (counts: ImportCounts): string =>
  `${number.format(counts.new)} new, ${number.format(counts.changed)} changed, ${number.format(counts.ended)} ended, ${number.format(counts.failed)} failed`;

/** As the past imports call them: a full and a changes file of ESR apart. */
export const PAST_KIND = {
  'go-full': 'GO, full',
  'go-changes': 'GO, changes',
  holdings: 'Holdings',
  oneforms: 'OneForms',
  'as-numbers': 'AS numbers',
  training: 'Training',
} as const;
