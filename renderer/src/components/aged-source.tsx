import type { FactSource } from '../../../electron/contract/common.ts';
import { useOperation } from '../lib/api.ts';
import { isOld } from '../lib/extract-age.ts';
import { useNow } from '../lib/use-now.ts';
import { SourceAge } from './index.ts';

interface AgedSourceProps {
  readonly source: FactSource;
  /** A form is what somebody said on a day; it does not go out of date as an extract does. */
  readonly goesOld?: boolean;
}

/** A source with its age, called old when the settings say so. */
export const AgedSource = ({ source, goesOld = true }: AgedSourceProps) => {
  const now = useNow();
  const { data } = useOperation('settings:get', {});
  return (
    <SourceAge
      source={source}
      old={goesOld && isOld(source.takenAt, data?.settings.maxExtractAgeDays ?? null, now)}
    />
  );
};
