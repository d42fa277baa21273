import { expect, it } from 'vitest';
import { isOld } from './extract-age.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

it('calls an extract old one moment after the days are over', () => {
  expect(isOld('2026-11-13T12:00:00.000Z', 7, now)).toBe(false);
  expect(isOld('2026-11-13T11:59:59.000Z', 7, now)).toBe(true);
});

it('does not call it old while it is missing or the setting is not known', () => {
  expect(isOld(null, 7, now)).toBe(false);
  expect(isOld('2020-01-01T00:00:00.000Z', null, now)).toBe(false);
});
