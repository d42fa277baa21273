import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '../lib/copy-text.ts';
import classes from './copy-value.module.css';

interface CopyValueProps {
  /** What the value is, for the button's name: "Copy username". */
  readonly label: string;
  readonly value: string;
}

/** A value to be typed elsewhere: one click copies it, and the button says so. */
export const CopyValue = ({ label, value }: CopyValueProps) => {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    copyText(value).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <button type="button" className={classes.copy} onClick={copy} aria-label={`Copy ${label}: ${value}`}>
      <span className={classes.value}>{value}</span>
      <span className={classes.sign} data-outcome={outcome}>
        {outcome === 'copied' ? (
          <IconCheck size={15} aria-hidden="true" />
        ) : (
          <IconCopy size={15} aria-hidden="true" />
        )}
        <span role="status">
          {outcome === 'copied'
            ? 'Copied'
            : outcome === 'failed'
              ? 'Not copied: select it and press Ctrl+C'
              : ''}
        </span>
      </span>
    </button>
  );
};
