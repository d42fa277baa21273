import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPost, isStaffType, NO_POST, NOT_STAFF, SAID } from '../../electron/domain/people/posts.ts';
import { addRow, makeRealStore, type RealStore } from '../../electron/testing/real-store.ts';
import { currentAssignment, onTheStaff } from './post-sql.ts';

let real: RealStore;
beforeAll(() => {
  real = makeRealStore('post-sql');
});
afterAll(() => real.close());

const TODAY = '2026-11-20';
/** Values that the patterns are about: each pattern itself filled with letters, cut, and in other cases. */
const valuesOf = (patterns: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(null, '', ' ', 'E', 'ACTIVE_ASSIGN', 'Active Assignment', 'Extended', 'Pending'),
    fc
      .tuple(fc.constantFrom(...patterns, 'x'), fc.string({ maxLength: 3 }), fc.boolean())
      .map(([pattern, text, upper]) => {
        const value = pattern.replaceAll('%', text.replace(/[^a-z ]/gi, 'q'));
        return upper ? value.toUpperCase() : value.toLowerCase();
      }),
  );
const all = (name: 'assignmentType' | 'systemStatus' | 'userStatus') =>
  [...Object.values(NO_POST), ...Object.values(SAID)].flatMap((words) => [...words[name]]);
const day = fc.constantFrom(null, '2026-11-19', TODAY, '2026-11-21');

describe('SQL and the rule say the same', () => {
  it('of every assignment', () => {
    const asked = real.db.prepare<[object], number>(
      `select (${currentAssignment('a')}) from assignment a where assignment_id = @id`,
    );
    let n = 0;
    fc.assert(
      fc.property(
        fc.record({
          assignmentType: valuesOf(all('assignmentType')),
          systemStatus: valuesOf(all('systemStatus')),
          userStatus: valuesOf(all('userStatus')),
          effectiveFrom: fc.constantFrom('2026-11-19', TODAY, '2026-11-21'),
          effectiveTo: day,
          assignmentEndDate: day,
          lastWorkingDay: day,
          contractEndDate: day,
        }),
        (row) => {
          const id = `a${++n}`;
          addRow(real, 'assignment', {
            from_import_id: 'i',
            assignment_id: id,
            person_id: id,
            assignment_number: id,
            assignment_type: row.assignmentType,
            system_status: row.systemStatus,
            user_status: row.userStatus,
            effective_from: row.effectiveFrom,
            effective_to: row.effectiveTo,
            assignment_end_date: row.assignmentEndDate,
            last_working_day: row.lastWorkingDay,
            contract_end_date: row.contractEndDate,
          });
          expect(asked.pluck().get({ id, today: TODAY })).toBe(isPost(row, TODAY) ? 1 : 0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of the plainest assignment, which is told without its patterns', () => {
    const plain = { assignmentType: 'E', systemStatus: 'ACTIVE_ASSIGN', userStatus: 'Active Assignment' };
    const dates = { effectiveTo: null, assignmentEndDate: null, lastWorkingDay: null, contractEndDate: null };
    expect(isPost({ ...plain, ...dates, effectiveFrom: TODAY }, TODAY)).toBe(true);
  });

  it('of every person’s types', () => {
    const asked = real.db.prepare<[object], number>(
      `select (${onTheStaff('p')}) from (select @system as system_person_type, @user as user_person_type, null as termination_date) p`,
    );
    fc.assert(
      fc.property(
        valuesOf(NOT_STAFF.systemPersonType),
        valuesOf(NOT_STAFF.userPersonType),
        (system, user) => {
          expect(asked.pluck().get({ system, user, today: TODAY })).toBe(isStaffType(system, user) ? 1 : 0);
        },
      ),
    );
  });
});
