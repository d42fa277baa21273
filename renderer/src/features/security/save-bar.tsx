import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '../../components/index.ts';
import classes from './security.module.css';

interface SaveBarProps {
  readonly changed: boolean;
  /** Every field can be read. */
  readonly sound: boolean;
  readonly busy: boolean;
  readonly onDiscard: () => void;
  /** What else must stay in sight. */
  readonly children?: ReactNode;
}

/** Stays in sight while there is something to save: the form is longer than a window. */
export const SaveBar = ({ changed, sound, busy, onDiscard, children }: SaveBarProps) => (
  <div className={classes.saveBar} data-changed={changed}>
    <Group gap="sm">
      <Button type="submit" loading={busy} disabled={!changed || !sound}>
        Save card settings
      </Button>
      {changed && (
        <Button variant="default" onClick={onDiscard} disabled={busy}>
          Discard the changes
        </Button>
      )}
    </Group>
    <div role="status">
      {changed && (
        <Mark
          word={sound ? 'Not saved yet' : 'Not saved yet: a field needs mending'}
          shape={sound ? 'half' : 'triangle'}
          tone="warn"
        />
      )}
    </div>
    {children}
  </div>
);
