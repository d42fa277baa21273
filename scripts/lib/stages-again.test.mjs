import { expect, test } from 'vitest';
import { afterAgain, failedFilesOf, failuresOf, notesOf } from './stages.mjs';

const result = (status, fullName = 'a test') => ({
  status,
  fullName,
  failureMessages: status === 'failed' ? ['It did not come.\n  at line 3'] : [],
});
const report = {
  testResults: [
    { name: '/r/e2e/a.test.ts', status: 'passed', message: '', assertionResults: [result('passed')] },
    {
      name: '/r/e2e/b.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [result('passed'), result('failed', 'comes in'), result('pending')],
    },
    { name: '/r/e2e/c.test.ts', status: 'failed', message: 'No import.\nmore', assertionResults: [] },
  ],
};

test('what failed is named in one line each, a file that failed outside its tests too', () => {
  expect(failedFilesOf(report)).toEqual(['/r/e2e/b.test.ts', '/r/e2e/c.test.ts']);
  expect(failuresOf(report, '/r')).toEqual([
    'e2e/b.test.ts: comes in: It did not come.',
    'e2e/c.test.ts: No import.',
  ]);
  expect(failedFilesOf(undefined)).toEqual([]);
});

test('files that were run again count as they did the second time: what fails twice fails', () => {
  const first = { report, counts: { passed: 2, failed: 2, skipped: 1 } };
  const files = failedFilesOf(report);
  expect(afterAgain(first, files, { passed: 4, failed: 0, skipped: 0 })).toEqual({
    passed: 5,
    failed: 0,
    skipped: 0,
  });
  expect(afterAgain(first, files, { passed: 3, failed: 1, skipped: 1 })).toEqual({
    passed: 4,
    failed: 1,
    skipped: 1,
  });
});

test('the notes of all stages are said together', () => {
  const stage = { name: 'e2e-1', work: async () => ({ passed: 1, failed: 0, output: '' }) };
  expect(notesOf([[[stage], [{ ...stage, notes: () => ['failed twice: x'] }]]])).toEqual(['failed twice: x']);
});
