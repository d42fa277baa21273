import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleConflicts, roleWarnings } from './role-conflicts.ts';
import { ROLES } from './roles.ts';

const roles = fc.subarray([...ROLES]);

describe('roles in one hand', () => {
  it('nobody decides exceptions and does anything else', () => {
    for (const other of ROLES.filter((role) => role !== 'caldicott'))
      expect(roleConflicts(['caldicott', other]), other).toHaveLength(1);
  });

  it('who reviews does not do what is reviewed; one role alone and an owner who is an officer may be', () => {
    expect(roleConflicts(['team-lead', 'officer'])).toEqual([
      'Team lead and Corporate Systems officer cannot be one person: a Team lead reviews what officers did.',
    ]);
    for (const role of ROLES) expect(roleConflicts([role])).toEqual([]);
    expect(roleConflicts(['owner', 'officer'])).toEqual([]);
  });

  it('is the same in any order, and a further role never takes a conflict away', () => {
    fc.assert(
      fc.property(roles, roles, (some, more) => {
        expect(roleConflicts([...some].reverse())).toEqual(roleConflicts(some));
        expect(roleConflicts([...some, ...more]).length).toBeGreaterThanOrEqual(roleConflicts(some).length);
      }),
    );
  });

  it('a single owner is warned of, and roles that should be divided are, by name', () => {
    const one = { displayName: 'A', roles: ['owner', 'officer'] as const };
    expect(roleWarnings([one])).toHaveLength(2);
    expect(roleWarnings([one])[1]).toContain('A is System owner and Corporate Systems officer');
    const two = { displayName: 'B', roles: ['owner'] as const };
    expect(roleWarnings([two, { displayName: 'C', roles: ['owner'] }])).toEqual([]);
  });
});
