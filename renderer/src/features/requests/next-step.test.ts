import { describe, expect, it } from 'vitest';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { commandOf, nextStepOf } from './next-step.ts';

const detail = (over: Partial<RequestDetail>, authorised = true) =>
  ({
    status: 'new',
    access: 'Manager Self Service',
    form: { authorised } as RequestDetail['form'],
    commands: [],
    ...over,
  }) as Pick<RequestDetail, 'status' | 'access' | 'form' | 'commands'>;

describe('the one next step', () => {
  it.each([
    ['unmatched', 'match'],
    ['new', 'authorise'],
    ['returned', 'await-form'],
    ['authorised', 'approve'],
    ['approved', 'key'],
    ['keyed', 'await-extract'],
    ['not-seen', 'not-seen'],
    ['verified', 'verified'],
    ['withdrawn', 'withdrawn'],
  ] as const)('%s leads to %s', (status, step) => {
    expect(nextStepOf(detail({ status }))).toBe(step);
  });

  it('sends a form back that carries no authorisation by the line manager', () => {
    expect(nextStepOf(detail({}, false))).toBe('return');
  });

  it('asks first which access is meant, before and after the authorisation', () => {
    expect(nextStepOf(detail({ access: null }, false))).toBe('choose-access');
    expect(nextStepOf(detail({ access: null, status: 'authorised' }))).toBe('choose-access');
  });

  it('takes a command that is not listed as not allowed', () => {
    expect(commandOf({ commands: [] }, 'approve')).toEqual({ allowed: false, why: null });
  });
});
