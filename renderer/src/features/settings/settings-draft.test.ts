import { describe, expect, it } from 'vitest';
import { settings } from '../../../../electron/contract/app.contract.ts';
import { LIMITS, readDraft } from './settings-draft.ts';

const draft = { idleMinutes: 10, maxExtractAgeDays: 7, informationGovernanceRequired: true };

describe('the settings form', () => {
  it('reads whole numbers within the limits', () => {
    expect(readDraft(draft)).toEqual({ settings: draft });
    expect(readDraft({ ...draft, idleMinutes: '' })).toHaveProperty('faults.idleMinutes');
    expect(readDraft({ ...draft, idleMinutes: 61 })).toHaveProperty('faults.idleMinutes');
    expect(readDraft({ ...draft, maxExtractAgeDays: 1.5 })).toHaveProperty('faults.maxExtractAgeDays');
  });

  it('has the contract’s limits', () => {
    for (const field of ['idleMinutes', 'maxExtractAgeDays'] as const) {
      const { least, most } = LIMITS[field];
      for (const [value, taken] of [
        [least, true],
        [most, true],
        [least - 1, false],
        [most + 1, false],
      ] as const) {
        expect(settings.safeParse({ ...draft, [field]: value }).success).toBe(taken);
      }
    }
  });
});
