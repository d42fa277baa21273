import type { OpenStore } from './open-store.ts';

export function userNames(store: OpenStore): (userId: string) => string {
  const names = new Map(store.access.users.list().map(({ id, displayName }) => [id, displayName]));
  return (userId) => names.get(userId) ?? 'an account that is not here';
}
