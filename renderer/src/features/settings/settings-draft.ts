import type { Settings } from '../../../../electron/contract/app.contract.ts';

/** What the form holds: number fields are empty text while somebody types. */
export interface SettingsDraft {
  readonly idleMinutes: number | string;
  readonly maxExtractAgeDays: number | string;
  readonly informationGovernanceRequired: boolean;
}

export const LIMITS = {
  idleMinutes: { least: 1, most: 60 },
  maxExtractAgeDays: { least: 1, most: 90 },
} as const;

const within = (value: number | string, { least, most }: { least: number; most: number }): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;

/** The settings that the form holds, or for each wrong field what is wrong. */
export const readDraft = (
  draft: SettingsDraft,
): { readonly settings: Settings } | { readonly faults: Partial<Record<keyof typeof LIMITS, string>> } => {
  const idleMinutes = within(draft.idleMinutes, LIMITS.idleMinutes);
  const maxExtractAgeDays = within(draft.maxExtractAgeDays, LIMITS.maxExtractAgeDays);
  if (idleMinutes !== null && maxExtractAgeDays !== null) {
    const { informationGovernanceRequired } = draft;
    return { settings: { idleMinutes, maxExtractAgeDays, informationGovernanceRequired } };
  }
  return {
    faults: {
      ...(idleMinutes === null ? { idleMinutes: 'Enter a whole number from 1 to 60' } : {}),
      ...(maxExtractAgeDays === null ? { maxExtractAgeDays: 'Enter a whole number from 1 to 90' } : {}),
    },
  };
};
