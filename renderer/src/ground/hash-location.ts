import { useSyncExternalStore } from 'react';
import type { BaseLocationHook, BaseSearchHook } from 'wouter';

/**
 * The route lives in the hash, its query included (`#/requests?status=new`). wouter's own hash hook puts the query into
 * the address proper and leaves it there for the next screen, which would show the wrong filter.
 */
const hashNow = (): string => window.location.hash.replace(/^#/, '') || '/';

/** The route with its query, as `goTo` takes it. */
export const placeNow = hashNow;

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

const pathNow = (): string => {
  const path = hashNow().split('?')[0] ?? '/';
  return path.startsWith('/') ? path : `/${path}`;
};

const searchNow = (): string => {
  const hash = hashNow();
  const mark = hash.indexOf('?');
  return mark < 0 ? '' : hash.slice(mark + 1);
};

/** Goes to a route, its query included; `replace` leaves no step back. */
export const goTo = (to: string, options: { readonly replace?: boolean } = {}): void => {
  const url = new URL(window.location.href);
  url.hash = to;
  if (url.href === window.location.href) return;
  const oldURL = window.location.href;
  window.history[options.replace ? 'replaceState' : 'pushState'](null, '', url.href);
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: url.href }));
};

const useHashSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, searchNow);

/** The location hook for wouter's Router, with its search hook and the way it writes links. */
export const useHashLocation: BaseLocationHook = () => [useSyncExternalStore(subscribe, pathNow), goTo];
useHashLocation.searchHook = useHashSearch;
useHashLocation.hrefs = (href) => `#${href}`;
