import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDraft } from './use-draft.ts';

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
