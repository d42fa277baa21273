import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settings } from '../../../../electron/contract/settings.contract.ts';
import { draftOf, LIMITS, readDraft, WORD_LIMITS } from './settings-draft.ts';

const stored = {
  idleMinutes: 10,
  maxExtractAgeDays: 7,
  informationGovernanceRequired: true,
  trainingCompetences: ['Data Security Awareness', 'Information Governance'],
  trainingPassed: ['Compliant'],
  endDateMeaning: 'last-day' as const,
  largestLossPercent: 5,
};
const draft = draftOf(stored);

describe('the settings form', () => {
  it('reads whole numbers within the limits', () => {
    expect(readDraft(draft)).toEqual({ settings: stored });
    expect(readDraft({ ...draft, idleMinutes: '' })).toHaveProperty('faults.idleMinutes');
    expect(readDraft({ ...draft, idleMinutes: 61 })).toHaveProperty('faults.idleMinutes');
    expect(readDraft({ ...draft, maxExtractAgeDays: 1.5 })).toHaveProperty('faults.maxExtractAgeDays');
  });

  it('has the contract’s limits', () => {
    for (const field of ['idleMinutes', 'maxExtractAgeDays', 'largestLossPercent'] as const) {
      const { least, most } = LIMITS[field];
      for (const [value, taken] of [
        [least, true],
        [most, true],
        [least - 1, false],
        [most + 1, false],
      ] as const) {
        expect(settings.safeParse({ ...stored, [field]: value }).success).toBe(taken);
      }
    }
  });

  it('reads a word a line, without blank lines and repeats, and says what is wrong with a list', () => {
    const read = readDraft({ ...draft, trainingPassed: '\n Compliant \n\nPassed\nCompliant\n' });
    expect(read).toMatchObject({ settings: { trainingPassed: ['Compliant', 'Passed'] } });
    for (const field of ['trainingCompetences', 'trainingPassed'] as const) {
      const { longest, most } = WORD_LIMITS[field];
      const many = Array.from({ length: most + 1 }, (_, i) => `Word ${i}`).join('\n');
      for (const wrong of ['', ' \n ', 'x'.repeat(longest + 1), many]) {
        expect(readDraft({ ...draft, [field]: wrong })).toHaveProperty(`faults.${field}`);
      }
    }
  });

  it('never holds words that the contract refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (competences, passed) => {
        const read = readDraft({ ...draft, trainingCompetences: competences, trainingPassed: passed });
        if ('settings' in read) expect(settings.safeParse(read.settings).success).toBe(true);
      }),
    );
  });
});
