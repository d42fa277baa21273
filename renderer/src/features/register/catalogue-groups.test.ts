import { describe, expect, it } from 'vitest';
import { byFamily, conflictsOf } from './catalogue-groups.ts';

describe('the catalogue as shown', () => {
  const conflicts = [
    { a: 'Recruitment', b: 'HR Administration', severity: 'warn' as const, why: 'one' },
    { a: 'HR Administration', b: 'Payroll Administration', severity: 'block' as const, why: 'two' },
    { a: 'Payroll Administration', b: 'Recruitment', severity: 'warn' as const, why: 'three' },
  ];

  it('shows a conflict on both sides, what blocks first', () => {
    expect(conflictsOf('HR Administration', conflicts).map((c) => [c.other, c.severity])).toEqual([
      ['Payroll Administration', 'block'],
      ['Recruitment', 'warn'],
    ]);
    expect(conflictsOf('Recruitment', conflicts).map((c) => c.other)).toEqual([
      'HR Administration',
      'Payroll Administration',
    ]);
    expect(conflictsOf('Employee Self Service', conflicts)).toEqual([]);
  });

  it('keeps families in the order in which they come, and loses no entry', () => {
    const entries = ['B', 'A', 'B'].map((family, i) => ({ family, name: `n${i}` })) as never[];
    expect(byFamily(entries).map(([family, list]) => [family, list.length])).toEqual([
      ['B', 2],
      ['A', 1],
    ]);
  });
});
