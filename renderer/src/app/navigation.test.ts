import { describe, expect, it } from 'vitest';
import { mayCall } from '../lib/permissions.ts';
import { isAt, PLACES, placesFor } from './navigation.ts';

const placeNamed = (label: string) => {
  const place = PLACES.find((one) => one.label === label);
  if (place === undefined) throw new Error(`no ${label}`);
  return place;
};

describe('navigation', () => {
  it('shows each role what it may open', () => {
    const shown = (role: 'officer' | 'hr-admin' | 'owner') =>
      placesFor((operation) => mayCall([role], operation)).map((place) => place.label);
    expect(shown('owner')).toEqual(PLACES.map((place) => place.label));
    expect(shown('officer')).not.toContain('Ledger');
    expect(shown('officer')).not.toContain('Users');
    expect(shown('hr-admin')).toEqual(['Home', 'Imports', 'People', 'Access catalogue', 'Settings']);
  });

  it('marks the list while one of its things is open, and Home only at home', () => {
    expect(isAt(placeNamed('Requests'), '/requests/r1')).toBe(true);
    expect(isAt(placeNamed('Home'), '/requests')).toBe(false);
    expect(isAt(placeNamed('Home'), '/')).toBe(true);
  });

  it('gives every place a key of its own', () => {
    expect(new Set(PLACES.map((place) => place.key)).size).toBe(PLACES.length);
  });
});
