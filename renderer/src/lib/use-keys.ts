import { useEffect, useRef } from 'react';

/** Key as `KeyboardEvent.key` says it → what it does. */
export type Keys = Readonly<Record<string, () => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** A dialog, menu or list of choices that is open takes the keys for itself. */
const somethingIsOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

/**
 * Single keys for a screen. They are silent while somebody types, while a dialog or menu is open, and with Ctrl, Alt or
 * Meta. Read before the page's own handlers, so that Escape closing a menu is not also taken as "back".
 */
export const useKeys = (keys: Keys): void => {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (action === undefined || isTyping(event.target) || somethingIsOpen()) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
};
