import { SegmentedControl, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { EnvironmentBanner } from '../../ground/environment-banner.tsx';
import { useTheme } from '../../ground/theme-choice.tsx';
import { THEME_CHOICES } from '../../ground/theme-words.ts';
import classes from './entrance-frame.module.css';

interface EntranceFrameProps {
  readonly title: string;
  readonly trust?: SessionState['trust'];
  /** Wide screens hold two cards or a grid of words. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of every screen before the work: banner, product name, one title. */
export const EntranceFrame = ({ title, trust = null, wide = false, children }: EntranceFrameProps) => {
  const { theme, choose } = useTheme();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · ESR Access Desk`;
    // A new title is a new screen: the reader is put at it, unless one of its fields has taken the keyboard.
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div className={classes.page}>
      {trust !== null && (
        <header>
          <EnvironmentBanner trust={trust} />
        </header>
      )}
      <main ref={main} tabIndex={-1} className={classes.middle} data-wide={wide}>
        <p className={classes.product}>ESR Access Desk</p>
        <Title order={1} size="h2" mb="md">
          {title}
        </Title>
        {children}
      </main>
      <footer className={classes.foot}>
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          data={[...THEME_CHOICES]}
          value={theme}
          onChange={choose}
        />
      </footer>
    </div>
  );
};
