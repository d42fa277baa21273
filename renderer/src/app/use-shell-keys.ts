import { useEffect, useRef } from 'react';
import { goTo } from '../ground/hash-location.ts';
import type { Place } from './navigation.ts';

interface ShellKeys {
  readonly places: readonly Place[];
  readonly onHelp: () => void;
  readonly onLock: () => void;
}

/** How long after `g` the second key still counts. */
const SECOND_KEY_MS = 1500;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const somethingIsOpen = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

const hasModifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.altKey || event.metaKey;

/** The keys that work on every screen: Ctrl+L locks, `?` helps, `g` then a letter goes. */
export const useShellKeys = (keys: ShellKeys): void => {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    let goAt = 0;
    const onGo = (event: KeyboardEvent) => {
      if (hasModifier(event) || isTyping(event.target) || somethingIsOpen()) return;
      const second = event.timeStamp - goAt < SECOND_KEY_MS;
      goAt = 0;
      if (second) {
        const place = now.current.places.find((one) => one.key === event.key);
        if (place === undefined) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        goTo(place.to);
      } else if (event.key === 'g') {
        goAt = event.timeStamp;
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'l') {
        event.preventDefault();
        now.current.onLock();
        return;
      }
      if (event.key !== '?' || event.defaultPrevented || hasModifier(event)) return;
      if (isTyping(event.target) || somethingIsOpen()) return;
      event.preventDefault();
      now.current.onHelp();
    };
    // While capturing, so that the second key of `g …` does not also mean something to the screen; `?` is left to a
    // screen that has help of its own.
    window.addEventListener('keydown', onGo, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onGo, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
};
