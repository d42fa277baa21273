import { describe, expect, it } from 'vitest';
import { tryRule } from './subject-example.ts';

const RULE = 'O=nhs,OU=People,CN=^(\\d{12})$';

describe('a rule that is tried on a typed subject', () => {
  it.each([
    [RULE, 'O=nhs,OU=People,CN=300100000001'],
    [RULE, ' CN = 300100000001 , ou=People, o=nhs '],
    ['2.5.4.3=^(\\d{12})$', 'C=GB, 2.5.4.3=300100000001'],
    ['CN=^Card, (\\d{12})$', 'O=nhs,CN=Card, 300100000001'],
  ])('reads the number: %s from %s', (rule, subject) => {
    expect(tryRule(rule, subject)).toEqual({ uuid: '300100000001' });
  });

  it.each([
    [RULE, 'O=NHS,OU=People,CN=300100000001', /finds no card number/],
    [RULE, 'O=nhs,OU=People,CN=3001000000012', /finds no card number/],
    [RULE, 'O=nhs,OU=People,CN=300100000001,CN=300100000002', /twice/],
    [RULE, 'O=nhs,OU=People,CN=300100000001\u200b', /cannot be seen/],
    [RULE, '300100000001', /TYPE=value/],
    [RULE, 'XX=300100000001', /TYPE=value/],
    [RULE, '', /TYPE=value/],
    ['CN=(\\d{12})', 'CN=300100000001', /not fixed at both ends/],
  ])('says why it reads nothing: %s from %s', (rule, subject, why) => {
    const tried = tryRule(rule, subject);
    expect(tried.uuid).toBeNull();
    expect('problem' in tried ? tried.problem : '').toMatch(why);
  });
});
