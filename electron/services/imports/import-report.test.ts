import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImportReport, SHOWN, totalCounts } from './import-report.ts';

describe('what a report says of rows that failed', () => {
  it('tells each kind once, the most frequent first, with its first lines', () => {
    const report = createImportReport();
    for (let line = 1; line <= 300; line++) report.fail(line, 'People', 'Its start date is missing.');
    report.fail(400, 'Posts', 'Its start date is missing.');
    for (let line = 500; line < 503; line++) report.fail(line, 'People', 'It has 43 fields instead of 44.');
    expect(report.failures()).toEqual({
      failures: [
        { record: 'People', reason: 'Its start date is missing.', count: 300, lines: [1, 2, 3, 4, 5] },
        { record: 'People', reason: 'It has 43 fields instead of 44.', count: 3, lines: [500, 501, 502] },
        { record: 'Posts', reason: 'Its start date is missing.', count: 1, lines: [400] },
      ],
      failuresLeftOff: 0,
    });
  });

  it('counts every row exactly once, however many kinds there are', () => {
    const row = fc.record({
      record: fc.constantFrom('People', 'Posts'),
      reason: fc.integer({ min: 1, max: 260 }).map((n) => `Reason ${n}.`),
      how: fc.constantFrom('read', 'fail', 'failRead'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 1_500 }), (rows) => {
        const report = createImportReport();
        rows.forEach(({ record, reason, how }, line) => {
          if (how !== 'fail') report.read(record);
          if (how === 'fail') report.fail(line, record, reason);
          if (how === 'failRead') report.failRead(line, record, reason);
        });
        const failed = rows.filter(({ how }) => how !== 'read').length;
        const { failures, failuresLeftOff } = report.failures();
        expect(failures.length).toBeLessThanOrEqual(SHOWN);
        expect(failures.reduce((n, kind) => n + kind.count, 0) + failuresLeftOff).toBe(failed);
        expect(totalCounts(report.byRecord(new Map()))).toMatchObject({ read: rows.length, failed });
        expect(report.rows()).toBe(rows.length);
      }),
      { numRuns: 50 },
    );
  });
});
