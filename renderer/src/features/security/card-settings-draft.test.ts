import { describe, expect, it } from 'vitest';
import { type CardSettings, cardSettings } from '../../../../electron/contract/security.contract.ts';
import {
  addCertificates,
  anchorAge,
  draftFrom,
  draftOf,
  isChanged,
  readDraft,
  textsOf,
} from './card-settings-draft.ts';

const SAVED: CardSettings = {
  modulePaths: ['/usr/lib/one.so', 'C:\\Cards\\two.dll'],
  subjectRule: 'O=nhs,OU=People,CN=^(\\d{12})$',
  trustAnchors: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
  revocationLists: ['\\\\share\\lists\\one.crl'],
  removalLocks: true,
  signatures: {
    'approve-request': 'none',
    exception: 'card-or-password',
    'urgent-removal': 'none',
    'audit-sign-off': 'card',
  },
};
const DRAFT = draftOf(SAVED);
const read = (change: Partial<typeof DRAFT>) => readDraft({ ...DRAFT, ...change }, SAVED);
const settingsOf = (change: Partial<typeof DRAFT>): CardSettings => {
  const reading = read(change);
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.settings;
};
const faultsOf = (change: Partial<typeof DRAFT>) => {
  const reading = read(change);
  return 'faults' in reading ? reading.faults : {};
};

describe('the card settings as a form', () => {
  it('come back as they were when nothing is changed, and fit the contract', () => {
    expect(settingsOf({})).toEqual(SAVED);
    expect(cardSettings.parse(settingsOf({}))).toEqual(SAVED);
    expect(isChanged(DRAFT, SAVED)).toBe(false);
  });

  it('are the same after they were kept as texts', () => {
    for (const removalLocks of [true, false]) {
      const draft = { ...DRAFT, removalLocks, approval: 'card' as const, exception: 'none' as const };
      expect(draftFrom(JSON.parse(JSON.stringify(textsOf(draft))))).toEqual(draft);
    }
    const odd = draftFrom({ ...textsOf(DRAFT), approval: 'rubbish', exception: 'rubbish' });
    expect([odd.approval, odd.exception]).toEqual(['none', 'card-or-password']);
  });

  it('keep the order of the paths, and drop blanks, quotes and doubles', () => {
    const modulePaths = '\n "C:\\Cards\\two.dll" \n\n/usr/lib/one.so\n/usr/lib/one.so\n';
    expect(settingsOf({ modulePaths }).modulePaths).toEqual(['C:\\Cards\\two.dll', '/usr/lib/one.so']);
    expect(isChanged({ ...DRAFT, modulePaths }, SAVED)).toBe(true);
  });

  it('a line break more is no change, a word more is', () => {
    expect(isChanged({ ...DRAFT, modulePaths: `${DRAFT.modulePaths}\n\n` }, SAVED)).toBe(false);
    expect(isChanged({ ...DRAFT, subjectRule: `${DRAFT.subjectRule}x` }, SAVED)).toBe(true);
    expect(isChanged({ ...DRAFT, modulePaths: 'no path' }, SAVED)).toBe(true);
  });

  it('one decision’s policy changes, and those of the others stay', () => {
    expect(settingsOf({ auditSignOff: 'none' }).signatures).toEqual({
      ...SAVED.signatures,
      'audit-sign-off': 'none',
    });
    expect(settingsOf({ exception: 'card' }).signatures).toEqual({ ...SAVED.signatures, exception: 'card' });
    expect(settingsOf({ approval: 'card' }).signatures).toEqual({
      ...SAVED.signatures,
      'approve-request': 'card',
    });
  });

  it.each([
    ['modulePaths', 'cards.dll', /whole path/],
    ['modulePaths', `/usr/${'x'.repeat(500)}`, /at most 500/],
    ['modulePaths', Array.from({ length: 11 }, (_, i) => `/m${i}`).join('\n'), /At most 10/],
    ['revocationLists', Array.from({ length: 21 }, (_, i) => `/m${i}`).join('\n'), /At most 20/],
    ['subjectRule', ' CN ', /such as/],
    ['trustAnchors', 'x'.repeat(100_001), /more than fits/],
  ] as const)('%s is refused by its own field', (field, value, why) => {
    const faults = faultsOf({ [field]: value });
    expect(Object.keys(faults)).toEqual([field]);
    expect(faults[field]).toMatch(why);
  });

  it('the largest lists that are taken fit the contract', () => {
    const lists = (count: number) =>
      Array.from({ length: count }, (_, i) => `/${i}/`.padEnd(500, 'x')).join('\n');
    const settings = settingsOf({ modulePaths: lists(10), revocationLists: lists(20) });
    expect(cardSettings.safeParse(settings).success).toBe(true);
  });
});

describe('certificates from files', () => {
  const pem = (body: string) => `-----BEGIN CERTIFICATE-----\r\n${body}\r\n-----END CERTIFICATE-----\r\n`;

  it('stand behind what is there, with plain line ends', () => {
    expect(addCertificates('', [{ name: 'a', text: pem('AA==') }])).toEqual({
      text: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
    });
    const two = addCertificates('first\n', [
      { name: 'a', text: pem('AA==') },
      { name: 'b', text: pem('BB==') },
    ]);
    expect('text' in two ? two.text.split('\n').filter((line) => line.includes('==')) : []).toEqual([
      'AA==',
      'BB==',
    ]);
    expect('text' in two && two.text.startsWith('first\n')).toBe(true);
  });

  it('a private key never reaches the field, nor does what is no PEM', () => {
    const key = `${pem('AA==')}-----BEGIN EC PRIVATE KEY-----\nBB==\n`;
    expect(addCertificates('', [{ name: 'both.pem', text: key }])).toMatchObject({
      problem: expect.stringMatching(/^both\.pem holds a private key/),
    });
    expect(addCertificates('', [{ name: 'a.cer', text: '0\u0082\u0001' }])).toMatchObject({
      problem: expect.stringMatching(/^a\.cer is not in PEM form/),
    });
  });
});

it('an issuer that ends within sixty days is said ahead', () => {
  const now = new Date('2026-11-20T12:00:00.000Z');
  expect(anchorAge('2026-11-20T12:00:00.000Z', now)).toBe('over');
  expect(anchorAge('2027-01-19T11:59:59.000Z', now)).toBe('soon');
  expect(anchorAge('2027-01-19T12:00:00.000Z', now)).toBe('good');
});
