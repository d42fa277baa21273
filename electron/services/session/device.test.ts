import { expect, it } from 'vitest';
import { isGlassBroken, needsCard } from './device.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-20T12:00:01.000Z';

it('the glass is broken until its hour, and of an account that has ended not at all', () => {
  expect(isGlassBroken({ glassUntil: LATER, endedAt: null }, NOW)).toBe(true);
  expect(isGlassBroken({ glassUntil: NOW, endedAt: null }, NOW)).toBe(false);
  expect(isGlassBroken({ glassUntil: null, endedAt: null }, NOW)).toBe(false);
  expect(isGlassBroken({ glassUntil: LATER, endedAt: NOW }, NOW)).toBe(false);
});

it('a card is asked for on a trust PC once one was used there, but while the glass is broken', () => {
  const held = { cardOnlySince: NOW, glassUntil: null, endedAt: null };
  expect(needsCard(held, 'trust', NOW)).toBe(true);
  expect(needsCard(held, 'remote', NOW)).toBe(false);
  expect(needsCard({ ...held, glassUntil: LATER }, 'trust', NOW)).toBe(false);
  expect(needsCard({ ...held, glassUntil: LATER, endedAt: NOW }, 'trust', NOW)).toBe(true);
  expect(needsCard({ ...held, cardOnlySince: null }, 'trust', NOW)).toBe(false);
});
