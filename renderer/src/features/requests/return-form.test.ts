import { describe, expect, it } from 'vitest';
import { linesOf, mailText, missingLines } from './return-form.ts';

const prerequisite = (state: 'holds' | 'missing' | 'unknown' | 'warning', fact: string) => ({
  state,
  fact,
  clause: '5.1.4',
});

describe('returning a form', () => {
  it('lists what is missing or unknown, with the clause, and nothing that holds', () => {
    expect(
      missingLines([
        prerequisite('holds', 'A smartcard is on the record.'),
        prerequisite('missing', 'Finance has not issued an AS number.'),
        prerequisite('unknown', 'Training was never imported.'),
        prerequisite('warning', 'The extract is old.'),
      ]),
    ).toEqual([
      'Finance has not issued an AS number. (procedure 5.1.4)',
      'Training was never imported. (procedure 5.1.4)',
    ]);
  });

  it('stays within what the contract takes', () => {
    const many = Array.from({ length: 40 }, () => prerequisite('missing', 'y'.repeat(900)));
    expect(missingLines(many)).toHaveLength(20);
    expect(Math.max(...missingLines(many).map((l) => l.length))).toBe(500);
    expect(linesOf(`- one\r\n\n  • two  \n${'z'.repeat(700)}`)).toEqual(['one', 'two', 'z'.repeat(500)]);
  });

  it('numbers the lines in the mail and leaves an empty note out', () => {
    const form = {
      reference: 'SD-1',
      requesterName: 'A Requester',
      beneficiaryName: 'B Person',
      accessAsked: '=1+1',
    };
    const mail = mailText(form, ['one', 'two'], '  ');
    expect(mail).toContain('1. one\n2. two\n\nPlease send');
    expect(mail).toContain('asks for =1+1 in ESR');
    expect(mailText(form, ['one'], 'By Friday.')).toContain('1. one\n\nBy Friday.\n\nPlease');
  });
});
