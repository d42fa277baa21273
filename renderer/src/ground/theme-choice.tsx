import {
  type MantineColorScheme,
  type MantineColorSchemeManager,
  useMantineColorScheme,
} from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import type { Theme } from '../../../electron/contract/app.contract.ts';
import { invoke, onEvent } from '../lib/api.ts';

/** The program keeps the choice, so the page keeps none: nothing of this page lies in local storage. */
export const memoryColorScheme = (): MantineColorSchemeManager => {
  let now: MantineColorScheme | null = null;
  return {
    get: (fallback) => now ?? fallback,
    set: (value) => {
      now = value;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      now = null;
    },
  };
};

interface ThemeHold {
  readonly theme: Theme;
  readonly choose: (theme: Theme) => void;
}

const ThemeContext = createContext<ThemeHold>({ theme: 'system', choose: () => undefined });

const schemeOf = (theme: Theme): MantineColorScheme => (theme === 'system' ? 'auto' : theme);

export const ThemeProvider = ({ children }: { readonly children: ReactNode }) => {
  const { setColorScheme } = useMantineColorScheme();
  const [theme, setTheme] = useState<Theme>('system');
  const show = useCallback(
    (next: Theme) => {
      setTheme(next);
      setColorScheme(schemeOf(next));
    },
    [setColorScheme],
  );
  useEffect(() => {
    const stop = onEvent('app:themeChanged', (changed) => show(changed.theme));
    // A theme that cannot be read leaves the system's, which is no fault worth a message.
    invoke('app:getTheme', {}).then(
      (answer) => show(answer.theme),
      () => undefined,
    );
    return stop;
  }, [show]);
  const choose = useCallback(
    (next: Theme) => {
      show(next);
      invoke('app:setTheme', { theme: next }).catch(() => undefined);
    },
    [show],
  );
  return <ThemeContext value={{ theme, choose }}>{children}</ThemeContext>;
};

export const useTheme = (): ThemeHold => useContext(ThemeContext);
