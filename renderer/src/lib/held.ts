import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/** A value that outlives its screen. Told at once, because a text box that is told later loses letters. */
export class Held<T> {
  #now: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#now = initial;
  }

  readonly get = (): T => this.#now;

  readonly change = (by: (now: T) => T): void => {
    const next = by(this.#now);
    if (Object.is(next, this.#now)) return;
    this.#now = next;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/**
 * The value that a screen left behind under `key`, or a new one. It lies in the query cache and nowhere else: that is
 * what a lock or a sign-out empties, and a filter or a search may be somebody's name.
 */
export const heldOf = <T>(client: QueryClient, key: string, initial: T): Held<T> => {
  const queryKey = ['screen', key];
  const found = client.getQueryData<Held<T>>(queryKey);
  if (found !== undefined) return found;
  const made = new Held(initial);
  client.setQueryDefaults(queryKey, {
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  });
  client.setQueryData(queryKey, made);
  return made;
};

/** Reads and changes what a screen keeps while the person is elsewhere. */
export const useHeld = <T>(key: string, initial: T): readonly [T, (by: (now: T) => T) => void] => {
  const client = useQueryClient();
  const held = heldOf(client, key, initial);
  const value = useSyncExternalStore(held.subscribe, held.get);
  const change = useCallback((by: (now: T) => T) => held.change(by), [held]);
  return [value, change];
};
