import type { FactSource } from '../../../electron/contract/common.ts';
import { formatAge, formatInstant } from '../lib/format.ts';
import { useNow } from '../lib/use-now.ts';
import classes from './source-age.module.css';
import { Mark } from './status-mark.tsx';

interface SourceAgeProps {
  readonly source: FactSource;
  /** True when the extract is older than the settings allow: said as "data is old". */
  readonly old?: boolean;
}

/** Where facts came from and when that extract was taken; never imported and old are said in words. */
export const SourceAge = ({ source, old = false }: SourceAgeProps) => {
  const now = useNow();
  if (source.takenAt === null) {
    return (
      <span className={classes.line}>
        <span>{source.name}</span>
        <Mark word="never imported" shape="question" tone="warn" />
      </span>
    );
  }
  return (
    <span className={classes.line}>
      <span>
        {source.name}, taken <time dateTime={source.takenAt}>{formatInstant(source.takenAt)}</time> (
        {formatAge(source.takenAt, now)})
      </span>
      {old && <Mark word="data is old" shape="triangle" tone="warn" />}
    </span>
  );
};
