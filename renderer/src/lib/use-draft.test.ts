import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Refusal } from './api.ts';
import { isUnkeepable, readDraft } from './use-draft.ts';

const FIRST = { note: '', missing: '' };

it('a draft comes back as it was kept', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (note, missing) => {
      expect(readDraft(JSON.stringify({ note, missing }), FIRST)).toEqual({ note, missing });
    }),
  );
});

it('one of another shape, or none at all, is not taken', () => {
  for (const text of ['', 'null', '[]', '{}', '{"note":1,"missing":""}', '{"note":"x"}', '"x"', '{'])
    expect(readDraft(text, FIRST), text).toBeNull();
  expect(readDraft('{"note":"a","missing":"b","more":"c"}', FIRST)).toEqual({ note: 'a', missing: 'b' });
});

it('whatever keeps a draft from being kept is told, but for a session that is over', () => {
  const refused = (code: Refusal['code']) => new Refusal(code, 'No.', {}, 'of-the-test');
  for (const code of ['REFUSED', 'INVALID_INPUT', 'DISK_FULL', 'DISK_FAILED', 'UNEXPECTED'] as const)
    expect(isUnkeepable(refused(code)), code).toBe(true);
  expect(isUnkeepable(new Error('the program does not answer'))).toBe(true);
  expect(isUnkeepable(refused('NOT_SIGNED_IN'))).toBe(false);
});
