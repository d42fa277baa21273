import type { Settings } from '../../../../electron/contract/settings.contract.ts';

/** What the form holds: number fields are empty text while somebody types, and a list of words is a line each. */
export interface SettingsDraft {
  readonly idleMinutes: number | string;
  readonly maxExtractAgeDays: number | string;
  readonly informationGovernanceRequired: boolean;
  readonly trainingCompetences: string;
  readonly trainingPassed: string;
  readonly endDateMeaning: Settings['endDateMeaning'];
  readonly largestLossPercent: number | string;
}

export const LIMITS = {
  idleMinutes: { least: 1, most: 60 },
  maxExtractAgeDays: { least: 1, most: 90 },
  largestLossPercent: { least: 0, most: 100 },
} as const;

/** `longest` is in characters, `most` in lines. */
export const WORD_LIMITS = {
  trainingCompetences: { longest: 120, most: 50 },
  trainingPassed: { longest: 60, most: 50 },
} as const;

export const draftOf = (settings: Settings): SettingsDraft => ({
  ...settings,
  trainingCompetences: settings.trainingCompetences.join('\n'),
  trainingPassed: settings.trainingPassed.join('\n'),
});

const within = (value: number | string, { least, most }: { least: number; most: number }): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** What is wrong with a list of words; null when nothing is. */
function faultIn(
  lines: readonly string[],
  { longest, most }: { longest: number; most: number },
): string | null {
  if (lines.length === 0) return 'Enter at least one, or nobody would count as trained';
  if (lines.length > most) return `Enter no more than ${most}`;
  return lines.some((line) => line.length > longest) ? `Keep each to ${longest} characters` : null;
}

/** The settings that the form holds, or for each wrong field what is wrong. */
export const readDraft = (
  draft: SettingsDraft,
): { readonly settings: Settings } | { readonly faults: Partial<Record<keyof SettingsDraft, string>> } => {
  const idleMinutes = within(draft.idleMinutes, LIMITS.idleMinutes);
  const maxExtractAgeDays = within(draft.maxExtractAgeDays, LIMITS.maxExtractAgeDays);
  const trainingCompetences = linesOf(draft.trainingCompetences);
  const trainingPassed = linesOf(draft.trainingPassed);
  const competencesFault = faultIn(trainingCompetences, WORD_LIMITS.trainingCompetences);
  const passedFault = faultIn(trainingPassed, WORD_LIMITS.trainingPassed);
  const largestLossPercent = within(draft.largestLossPercent, LIMITS.largestLossPercent);
  if (
    idleMinutes !== null &&
    maxExtractAgeDays !== null &&
    competencesFault === null &&
    passedFault === null &&
    largestLossPercent !== null
  ) {
    const { informationGovernanceRequired, endDateMeaning } = draft;
    return {
      settings: {
        idleMinutes,
        maxExtractAgeDays,
        informationGovernanceRequired,
        trainingCompetences,
        trainingPassed,
        endDateMeaning,
        largestLossPercent,
      },
    };
  }
  return {
    faults: {
      ...(idleMinutes === null ? { idleMinutes: 'Enter a whole number from 1 to 60' } : {}),
      ...(maxExtractAgeDays === null ? { maxExtractAgeDays: 'Enter a whole number from 1 to 90' } : {}),
      ...(competencesFault === null ? {} : { trainingCompetences: competencesFault }),
      ...(passedFault === null ? {} : { trainingPassed: passedFault }),
      ...(largestLossPercent === null ? { largestLossPercent: 'Enter a whole number from 0 to 100' } : {}),
    },
  };
};
