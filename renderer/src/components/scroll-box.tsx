import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './scroll-box.module.css';

interface ScrollBoxProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Holds a table that may be wider than its place. Only while it scrolls does it take the keyboard. */
export const ScrollBox = ({ label, children }: ScrollBoxProps) => {
  const box = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={box}
      className={classes.wide}
      {...(scrolls ? { tabIndex: 0, 'aria-label': `${label}, scrolls sideways` } : {})}
    >
      {children}
    </section>
  );
};
