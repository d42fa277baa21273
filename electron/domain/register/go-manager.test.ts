import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManagerColumn } from './go-manager.ts';

it('reads the column as what more of its values are found to be, and as people where neither is', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (people, assignments, neither) => {
      const values = Math.max(people, assignments) + neither;
      const { reading, unresolved } = readManagerColumn({ people, assignments, values });
      expect(reading).toBe(assignments > people ? 'assignment' : 'person');
      expect(unresolved).toBe(values - Math.max(people, assignments));
    }),
  );
});
