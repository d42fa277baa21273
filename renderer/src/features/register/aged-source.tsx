import type { FactSource } from '../../../../electron/contract/common.ts';
import { SourceAge } from '../../components/index.ts';
import { useOperation } from '../../lib/api.ts';
import { useNow } from '../../lib/use-now.ts';
import { isOld } from './extract-age.ts';

/** A source with its age, called old when the settings say so. */
export const AgedSource = ({ source }: { readonly source: FactSource }) => {
  const now = useNow();
  const { data } = useOperation('settings:get', {});
  return (
    <SourceAge source={source} old={isOld(source.takenAt, data?.settings.maxExtractAgeDays ?? null, now)} />
  );
};
