import { useCallback, useEffect, useRef, useState } from 'react';
import { invoke, Refusal } from './api.ts';

export interface Draft<T> {
  readonly value: T;
  readonly change: (next: T) => void;
  /** It was typed before a lock, or before the window was closed. */
  readonly restored: boolean;
  /** What was typed last could not be kept: a lock would take it. */
  readonly unkeepable: boolean;
  /** Sent, or not wanted any more. */
  readonly forget: () => void;
  readonly discard: () => void;
}

/** So soon, because a lock may come at any moment and takes what was not kept. */
const KEEP_AFTER_MS = 200;

const LEAVING = 'ead:leaving';

/** To be called before a lock or a sign-out by hand: every form keeps what it has not kept yet. */
export const keepDraftsNow = (): void => void window.dispatchEvent(new Event(LEAVING));

/** A draft as it was kept, if it has the shape of the form's first value; null for anything else. */
export function readDraft<T extends Readonly<Record<string, string>>>(text: string, first: T): T | null {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null;
    const fields = Object.keys(first).map((name) => [name, (kept as Record<string, unknown>)[name]] as const);
    return fields.every(([, value]) => typeof value === 'string') ? (Object.fromEntries(fields) as T) : null;
  } catch {
    return null;
  }
}

/** Whether what was typed is at risk now. A session that ended first has taken the form with it, and there is nobody to tell. */
export const isUnkeepable = (fault: unknown): boolean =>
  !(fault instanceof Refusal && fault.code === 'NOT_SIGNED_IN');

/**
 * What a form holds and has not sent. It is kept in the encrypted store for the person alone, since the page forgets everything
 * at a lock. Never for passwords or passcodes. A null key keeps nothing.
 */
export const useDraft = <T extends Readonly<Record<string, string>>>(
  key: string | null,
  first: T,
): Draft<T> => {
  const [value, setValue] = useState(first);
  const [restored, setRestored] = useState(false);
  const [unkeepable, setUnkeepable] = useState(false);
  const typed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unkept = useRef<T | null>(null);
  const beginning = useRef(first);

  useEffect(() => {
    if (key === null) return undefined;
    let here = true;
    invoke('drafts:list', {}).then(
      ({ drafts }) => {
        const text = drafts.find((draft) => draft.key === key)?.value;
        const kept = text === undefined ? null : readDraft(text, beginning.current);
        if (!here || typed.current || kept === null) return;
        setValue(kept);
        setRestored(true);
      },
      // Without its draft a form begins empty, as it did before.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [key]);

  const keep = useCallback(
    (next: T | null) => {
      clearTimeout(timer.current);
      unkept.current = null;
      if (key === null) return;
      const text = next === null ? null : JSON.stringify(next);
      // Where it is refused, what was kept before stands; to forget what could not be kept loses nobody anything.
      invoke('drafts:keep', { key, value: text }).then(
        () => setUnkeepable(false),
        (fault: unknown) => setUnkeepable(text !== null && isUnkeepable(fault)),
      );
    },
    [key],
  );
  const change = useCallback(
    (next: T) => {
      typed.current = true;
      setValue(next);
      unkept.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => keep(next), KEEP_AFTER_MS);
    },
    [keep],
  );
  const forget = useCallback(() => {
    typed.current = false;
    setRestored(false);
    keep(null);
  }, [keep]);
  const discard = useCallback(() => {
    setValue(beginning.current);
    forget();
  }, [forget]);
  useEffect(() => {
    const keepNow = () => {
      if (unkept.current !== null) keep(unkept.current);
    };
    window.addEventListener(LEAVING, keepNow);
    window.addEventListener('blur', keepNow);
    return () => {
      window.removeEventListener(LEAVING, keepNow);
      window.removeEventListener('blur', keepNow);
      // Not kept here: who is signed in by now may be somebody else.
      clearTimeout(timer.current);
    };
  }, [keep]);
  return { value, change, restored, unkeepable, forget, discard };
};

/** The names of what was kept under `prefix`, asked once: a screen opens again what was open. */
export const useKeptDrafts = (prefix: string): readonly string[] => {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let here = true;
    invoke('drafts:list', {}).then(
      ({ drafts }) => {
        const kept = drafts
          .filter(({ key }) => key.startsWith(prefix))
          .map(({ key }) => key.slice(prefix.length));
        if (here) setNames(kept);
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [prefix]);
  return names;
};
