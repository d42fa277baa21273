import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApprovalFacts, approvalText } from './decision-text.ts';
import { newRequest } from './request.ts';

const nobody = { number: null, name: null };
const facts = (text: string): ApprovalFacts => ({
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
  approver: { displayName: text, employeeNumber: '90000003' },
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
