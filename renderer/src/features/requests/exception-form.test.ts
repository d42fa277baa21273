import { describe, expect, it } from 'vitest';
import { EMPTY_BOXES, judgeException } from './exception-form.ts';

const TODAY = '2026-11-20';
const grant = { decision: 'grant', until: '2027-05-31', reason: ' a reason ' };

describe('the boxes of a decision on an exception', () => {
  it('grant it to a day, or refuse it; a day typed before does not go with a refusal', () => {
    expect(judgeException(grant, TODAY)).toEqual({
      ok: true,
      terms: { granted: true, until: '2027-05-31', reason: 'a reason' },
    });
    expect(judgeException({ ...grant, until: TODAY }, TODAY).ok).toBe(true);
    expect(judgeException({ ...grant, decision: 'refuse' }, TODAY)).toEqual({
      ok: true,
      terms: { granted: false, reason: 'a reason' },
    });
  });

  it.each([
    [EMPTY_BOXES, 'decision'],
    [{ ...grant, until: '' }, 'until'],
    [{ ...grant, until: '2026-11-19' }, 'until'],
    [{ ...grant, reason: ' ' }, 'reason'],
    [{ ...grant, decision: 'refuse', until: '', reason: '' }, 'reason'],
  ] as const)('say which box is wrong', (boxes, field) => {
    expect(judgeException(boxes, TODAY)).toMatchObject({ ok: false, field });
  });
});
