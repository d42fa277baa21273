import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessCatalogue,
  conflictsWith,
  createEntryFinder,
  findEntry,
  splitVpd,
  withVpd,
} from './catalogue.ts';

const catalogue = JSON.parse(
  readFileSync(new URL('../../../resources/access-catalogue.json', import.meta.url), 'utf8'),
) as AccessCatalogue;
const names = catalogue.entries.map(({ name }) => name);
const found = (asTyped: string): string => {
  const match = findEntry(catalogue, asTyped);
  return match.kind === 'found' ? match.entry.name : match.kind;
};

describe('the default catalogue', () => {
  it('has every URP of the domain notes once, with a purpose and a source mark', () => {
    expect(names).toHaveLength(22);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of catalogue.entries) {
      expect(entry.purpose).not.toBe('');
      expect(['P', 'C', 'I']).toContain(entry.source);
    }
    for (const { a, b, why } of catalogue.conflicts) {
      expect(names).toContain(a);
      expect(names).toContain(b);
      expect(why).not.toBe('');
    }
  });

  it('follows the rules of the domain notes', () => {
    const withoutCard = catalogue.entries.filter((entry) => !entry.needsSmartcard).map(({ name }) => name);
    expect(withoutCard.sort()).toEqual([
      'Employee Self Service',
      'Employee Self Service (Limited Access)',
      'External Learner',
      'e-Learning User',
    ]);
    const pick = (test: (entry: AccessCatalogue['entries'][number]) => boolean): string[] =>
      catalogue.entries.filter(test).map(({ name }) => name);
    expect(pick((entry) => entry.needsAsNumber)).toEqual(['Manager Self Service']);
    expect(pick((entry) => entry.minimumHolders >= 2)).toEqual([
      'Local HRMS Systems and User Administration',
    ]);
    expect(pick((entry) => !entry.remoteCapable)).toEqual(['Local BI Administration']);
    expect(
      pick((entry) => entry.clause === '5.1.3').every((name) => /^(Supervisor|Administrator)/.test(name)),
    ).toBe(true);
  });
});

describe('findEntry', () => {
  it('finds every name, however it is dressed', () => {
    const finder = createEntryFinder(catalogue);
    const dress = fc.constantFrom(
      (name: string) => name,
      (name: string) => withVpd(name, '919'),
      (name: string) => `  ${name.toUpperCase()} `,
      (name: string) => name.toLowerCase().replaceAll(' ', '  '),
      (name: string) => name.replaceAll(' and ', ' & '),
      (name: string) => name.replaceAll('(', '- ').replaceAll(')', ''),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), dress, (name, dressed) => {
        const match = finder(dressed(name));
        expect(match.kind === 'found' && match.entry.name).toBe(name);
      }),
    );
  });

  it('knows the common abbreviations', () => {
    expect(found('ESS')).toBe('Employee Self Service');
    expect(found('919 mss')).toBe('Manager Self Service');
    expect(found('Admin Self-Service')).toBe('Administrator Self Service');
    expect(found('SSS (Limited Access)')).toBe('Supervisor Self Service (Limited Access)');
    expect(found('Local HRMS Systems & User Administration')).toBe(
      'Local HRMS Systems and User Administration',
    );
  });

  it('never guesses: two meanings are offered, nearly right is unknown', () => {
    const match = findEntry(catalogue, 'SSS');
    expect(match.kind === 'ambiguous' && match.candidates.map(({ name }) => name)).toEqual([
      'Supervisor Self Service',
      'Supervisor Self Service (Limited Access)',
    ]);
    for (const near of [
      '',
      '   ',
      'Self Service',
      'HR',
      'Payroll',
      'Manager Self Servic',
      'HR Administration X',
    ]) {
      expect(found(near)).toBe('unknown');
    }
  });
});

describe('VPD prefix', () => {
  it('comes off and goes on', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 0, max: 999 }), (name, n) => {
        const vpd = String(n).padStart(3, '0');
        expect(splitVpd(withVpd(name, vpd))).toEqual({ vpd, name });
      }),
    );
    expect(splitVpd('HR Data Entry')).toEqual({ vpd: null, name: 'HR Data Entry' });
  });

  it('is taken off in every spelling of it', () => {
    const gap = fc.constantFrom(
      '',
      ' ',
      '  ',
      '\u00a0',
      '-',
      ' - ',
      '–',
      '—',
      '\u2011',
      '\u2212',
      '_',
      ':',
      ': ',
      '.',
      '/',
      '|',
    );
    const round = fc.constantFrom(
      ['', ''],
      ['"', '"'],
      ['“', '”'],
      ['‘', '’'],
      [' ', '\u00a0'],
      ["'", ''],
      ['\ufeff', ' '],
    );
    const front = fc.constantFrom('919', '９１９', '(919)', '[919]', 'VPD 919', 'vpd: 919');
    fc.assert(
      fc.property(fc.constantFrom(...names), gap, round, front, (name, between, [before, after], vpd) => {
        const shown = `${before}${vpd}${between}${name}${after}`;
        expect(splitVpd(shown)).toEqual({ vpd: '919', name });
        expect(found(shown)).toBe(name);
      }),
    );
    expect(splitVpd('1919 Local Reports').vpd).toBeNull();
    expect(splitVpd('91 Local Reports').vpd).toBeNull();
    expect(splitVpd('919').vpd).toBeNull();
  });

  it('must be three digits', () => {
    expect(() => withVpd('HR Data Entry', '91')).toThrow(RangeError);
  });
});

describe('conflicts', () => {
  it('are symmetric', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (a, b) => {
        expect(conflictsWith(catalogue, a, [b])).toEqual(conflictsWith(catalogue, b, [a]));
      }),
    );
  });

  it('block HR against payroll, and user administration against both', () => {
    const severity = (a: string, b: string): string =>
      conflictsWith(catalogue, a, [b])[0]?.severity ?? 'none';
    expect(severity('Payroll Administration', 'HR Data Entry')).toBe('block');
    expect(severity('Local HRMS Systems and User Administration', 'Payroll Super Administration')).toBe(
      'block',
    );
    expect(severity('HR Administration', 'Local Workstructures Administration')).toBe('warn');
    expect(severity('HR Management', 'Payroll Administration')).toBe('none');
    expect(severity('HR Administration', 'HR Administration')).toBe('none');
  });
});
