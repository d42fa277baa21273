import { describe, expect, it } from 'vitest';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { commandOf, nextStepOf } from './next-step.ts';

const detail = (over: Partial<RequestDetail>, authorised = true) =>
  ({
    status: 'new',
    access: 'Manager Self Service',
    form: { authorised } as RequestDetail['form'],
    commands: [],
    exception: null,
    objection: null,
    findings: [],
    ...over,
  }) as Pick<RequestDetail, 'status' | 'access' | 'form' | 'commands' | 'exception' | 'objection'>;

describe('the one next step', () => {
  it.each([
    ['unmatched', 'match'],
    ['new', 'authorise'],
    ['returned', 'await-form'],
    ['with-guardian', 'decide-exception'],
    ['authorised', 'approve'],
    ['approved', 'key'],
    ['keyed', 'await-extract'],
    ['not-seen', 'not-seen'],
    ['verified', 'verified'],
    ['withdrawn', 'withdrawn'],
  ] as const)('%s leads to %s', (status, step) => {
    expect(nextStepOf(detail({ status }))).toBe(step);
  });

  it('asks for an answer where an approval no longer holds', () => {
    const objection = { raisedAt: null, points: [], alreadyInEsr: { allowed: true, why: null } };
    expect(nextStepOf(detail({ status: 'approved', objection }))).toBe('answer-objection');
  });

  it('sends a form back that carries no authorisation by the line manager', () => {
    expect(nextStepOf(detail({}, false))).toBe('return');
  });

  it('approves what needs no line manager, and what the Caldicott Guardian let go on', () => {
    const why = 'Cannot be granted yet.';
    for (const approve of [
      { command: 'approve', allowed: true, why: null },
      { command: 'approve', allowed: false, why },
    ] as const)
      expect(nextStepOf(detail({ commands: [approve] }, false))).toBe('approve');
    const decided = {
      granted: true,
      until: '2027-05-31',
      endDateInEsr: '2027-05-31',
      reason: '',
      by: '',
      at: '',
    };
    const exception = { from: [], reason: '', by: '', at: '', decision: decided };
    expect(nextStepOf(detail({ exception }, false))).toBe('approve');
    const refused = {
      ...exception,
      decision: { ...decided, granted: false, until: null, endDateInEsr: null },
    };
    expect(nextStepOf(detail({ exception: refused }, false))).toBe('return');
  });

  it('asks first which access is meant, before and after the authorisation', () => {
    expect(nextStepOf(detail({ access: null }, false))).toBe('choose-access');
    expect(nextStepOf(detail({ access: null, status: 'authorised' }))).toBe('choose-access');
  });

  it('takes a command that is not listed as not allowed', () => {
    expect(commandOf({ commands: [] }, 'approve')).toEqual({ allowed: false, why: null });
  });
});
