import type { RoleBoundOperation } from '../lib/permissions.ts';

export interface Place {
  readonly to: string;
  readonly label: string;
  /** The second key of `g …`. */
  readonly key: string;
  /** Absent: everybody who is signed in. */
  readonly needs?: RoleBoundOperation;
}

/** The navigation column, in the order of a day's work. The palette and the go-to keys read it too. */
export const PLACES = [
  { to: '/', label: 'Home', key: 'h' },
  { to: '/requests', label: 'Requests', key: 'q', needs: 'requests:list' },
  { to: '/findings', label: 'Exceptions', key: 'e', needs: 'findings:list' },
  { to: '/imports', label: 'Imports', key: 'i' },
  { to: '/people', label: 'People', key: 'p', needs: 'register:searchPeople' },
  { to: '/user-names', label: 'User names', key: 'n', needs: 'accounts:list' },
  { to: '/access', label: 'Access catalogue', key: 'a' },
  { to: '/ledger', label: 'Ledger', key: 'l', needs: 'ledger:list' },
  { to: '/users', label: 'Users', key: 'u', needs: 'users:list' },
  { to: '/security', label: 'Security', key: 'c', needs: 'security:getState' },
  { to: '/settings', label: 'Settings', key: 's' },
] as const satisfies readonly Place[];

export const placesFor = (may: (operation: RoleBoundOperation) => boolean): readonly Place[] =>
  (PLACES as readonly Place[]).filter((place) => place.needs === undefined || may(place.needs));

/** Whether the place is where the reader is: `/requests` also while one request is open, `/` only at home. */
export const isAt = (place: Place, path: string): boolean =>
  path === place.to || path.startsWith(`${place.to}/`);
