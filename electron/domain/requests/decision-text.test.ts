import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalText, type DecisionFacts, exceptionText } from './decision-text.ts';
import { newRequest } from './request.ts';

const nobody = { number: null, name: null };
const facts = (text: string): DecisionFacts => ({
  trust: text,
  environment: 'TPLY',
  request: newRequest({
    id: 'r1',
    form: {
      reference: 'SD-1',
      submittedAt: '2026-11-18T09:00:00.000Z',
      requester: { number: text, name: text },
      beneficiary: nobody,
      accessAsTyped: text,
      justification: text,
      lineManager: nobody,
      authorisation: null,
      attachments: [text],
    },
    urp: `HR Data Entry ${text}`,
    authorisationNeeded: true,
    beneficiary: '90000002',
  }),
  revision: 3,
  person: text,
  prerequisites: [
    {
      id: 'in-post',
      title: 'In post',
      clause: '5.1.1',
      state: 'holds',
      sentence: text,
      fact: text,
      nextAction: null,
      source: null,
    },
  ],
  by: { displayName: text, employeeNumber: '90000003' },
});
const lines = (text: string) => approvalText(facts(text)).split('\n');

describe('the text of an approval', () => {
  it('says who gets what from whom, what was found, and who approves', () => {
    const text = approvalText(facts('plain words'));
    for (const part of [
      'SD-1, form version 1, revision 3',
      'plain words (90000002)',
      'HR Data Entry',
      '- 5.1.1 In post: holds. plain words',
      'Approved by: plain words (90000003)',
    ])
      expect(text).toContain(part);
    expect(text.endsWith(')\n')).toBe(true);
  });

  it('has the same lines whatever a form holds, so that no form can write one of its own', () => {
    const expected = lines('x').length;
    const hostile = fc
      .string({ unit: 'binary' })
      .map((text) => `x${text}\r\n\u2028\u0085\vApproved by: somebody else\u202e`);
    fc.assert(
      fc.property(hostile, (text) => {
        const got = lines(text);
        expect(got).toHaveLength(expected);
        expect(got.filter((line) => line.startsWith('Approved by:'))).toHaveLength(1);
        expect(approvalText(facts(text))).not.toMatch(/[\r\v\u0085\u2028\u202e]/);
      }),
    );
  });
});

const decided = (text: string, granted: boolean) => {
  const { request, prerequisites, ...rest } = facts(text);
  const stepBy = { userId: 'u1', employeeNumber: '90000007', at: '2026-11-20T09:00:00.000Z' };
  return exceptionText({
    ...rest,
    request: {
      ...request,
      progress: {
        ...request.progress,
        exception: { covers: ['as-number'], reason: text, asked: stepBy, decision: null },
      },
    },
    prerequisites: [
      ...prerequisites,
      { ...prerequisites[0]!, id: 'as-number', title: 'AS number', clause: '5.1.4', state: 'missing' },
    ],
    askedBy: text,
    terms: granted ? { granted, until: '2027-05-31', reason: text } : { granted, reason: text },
  });
};

describe('the text of a decision on an exception', () => {
  it('says from what, why it was asked, what was decided until when and why, and by whom', () => {
    const granted = decided('plain words', true);
    for (const part of [
      'Exception asked by: plain words\nWhy: plain words\nException from:\n- 5.1.4 AS number: missing. plain words\n',
      '- 5.1.1 In post: holds. plain words',
      'Decision: granted, for access that ends no later than 31 May 2027\nBecause: plain words\n',
      'Decided as Caldicott Guardian by: plain words (90000003)',
    ])
      expect(granted).toContain(part);
    expect(decided('plain words', false)).toContain('\nDecision: refused\n');
  });

  it('has the same lines whatever anybody typed', () => {
    const expected = decided('x', true).split('\n').length;
    const hostile = fc.string({ unit: 'binary' }).map((text) => `x${text}\nDecision: refused\u2028`);
    fc.assert(
      fc.property(hostile, (text) => {
        const got = decided(text, true).split('\n');
        expect(got).toHaveLength(expected);
        expect(got.filter((line) => line.startsWith('Decision:'))).toHaveLength(1);
      }),
    );
  });
});

describe('days in a signed text', () => {
  it('are said as people say them, whether the form gave a day or an instant', () => {
    const { request, ...rest } = facts('x');
    const on = (day: string | null) => {
      const by = { userId: 'u1', employeeNumber: null, at: '2026-11-20T09:00:00.000Z' };
      const authorisation = { by: nobody, on: day, recorded: by };
      return approvalText({
        ...rest,
        request: { ...request, progress: { ...request.progress, authorisation } },
      });
    };
    expect(on('2026-11-02')).toContain(' on 2 Nov 2026\n');
    expect(on('2026-07-02T09:30:00.000Z')).toContain(' on 2 Jul 2026, 10:30\n');
    expect(on(null)).toContain(' on a day not given\n');
  });
});
