import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessCatalogue } from './catalogue.ts';
import { type KeyingFacts, keyingSteps } from './keying-steps.ts';

const catalogue = JSON.parse(
  readFileSync(new URL('../../../resources/access-catalogue.json', import.meta.url), 'utf8'),
) as AccessCatalogue;
const facts = (name: string): KeyingFacts => ({
  entry: catalogue.entries.find((entry) => entry.name === name)!,
  vpd: '919',
  username: '919STAFFM01',
  employeeNumber: '10000001',
  assignmentNumber: '10000001-2',
  startDate: '2026-11-03',
  endDate: null,
  environment: 'LIVE',
});
const values = (one: KeyingFacts): string[] =>
  keyingSteps(one).flatMap((step) => step.values.map(({ value }) => value));

describe('keying steps', () => {
  it('say what to key, in order, with values exactly as ESR takes them', () => {
    const steps = keyingSteps({ ...facts('Manager Self Service'), endDate: '2027-03-31' });
    expect(steps.map(({ id }) => id)).toEqual([
      'sign-in',
      'find-user',
      'add-responsibility',
      'dates',
      'save',
      'check-as-number',
    ]);
    expect(steps[0]!.values[0]!.value).toBe('919 Local HRMS Systems and User Administration');
    expect(steps[2]!.values[0]!.value).toBe('919 Manager Self Service');
    expect(steps[3]!.values).toEqual([
      { label: 'Effective from', value: '03-Nov-2026' },
      { label: 'Effective to', value: '31-Mar-2027' },
    ]);
  });

  it('begin with making the account where ESR shows no username', () => {
    const steps = keyingSteps({ ...facts('HR Data Entry'), username: null });
    expect(steps.map(({ id }) => id).slice(1, 3)).toEqual(['create-user', 'find-user']);
    expect(steps[1]!.instruction).toContain('create the user account');
  });

  it('alter the row that gives it already, and add no second one', () => {
    const steps = (endDate: string | null, end: string | null) =>
      keyingSteps({ ...facts('HR Data Entry'), endDate, standing: { start: '2026-01-05', end } });
    const words = (endDate: string | null, end: string | null) =>
      steps(endDate, end).find(({ id }) => id === 'dates')?.instruction;
    expect(steps(null, '2026-12-31').map(({ id }) => id)).not.toContain('add-responsibility');
    expect(steps(null, '2026-12-31')[2]!.values.map(({ value }) => value)).toEqual([
      '919 HR Data Entry',
      '05-Jan-2026',
    ]);
    expect(words(null, '2026-12-31')).toMatch(/^Empty its end date, or change it/);
    expect(words('2027-03-31', '2026-12-31')).toBe('Change its end date to this one.');
    expect(words('2027-03-31', '2027-03-31')).toMatch(/nothing to change/);
    expect(words(null, null)).toMatch(/nothing to change/);
  });

  it('say plainly when it is not the live system', () => {
    expect(keyingSteps({ ...facts('HR Data Entry'), environment: 'TPLY' })[0]!.instruction).toContain(
      'not the live ESR',
    );
  });

  it('add the checks the access calls for', () => {
    const ids = (name: string): string[] => keyingSteps(facts(name)).map(({ id }) => id);
    expect(ids('Supervisor Self Service')).toContain('check-hierarchy');
    expect(ids('Local HRMS Systems and User Administration')).toContain('check-holders');
    expect(ids('HR Data Entry')).not.toContain('check-hierarchy');
  });

  it('carry the URP with its VPD, never without, for the whole catalogue', () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue.entries.map(({ name }) => name)), (name) => {
        expect(values(facts(name))).toContain(`919 ${name}`);
        expect(values(facts(name))).not.toContain(name);
      }),
    );
  });
});
