import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { RequestStatus } from '../../../../electron/contract/requests.contract.ts';
import { StatusMark } from '../../components/index.ts';
import { useOperation } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import classes from './requests.module.css';
import { STATUS_ORDER, WAITS_FOR } from './status-words.ts';

interface StatusBarsProps {
  readonly chosen: readonly RequestStatus[];
  readonly onToggle: (status: RequestStatus) => void;
}

/** How many requests are in each state, as small bars; a press filters the queue by it. */
export const StatusBars = ({ chosen, onToggle }: StatusBarsProps) => {
  const { data } = useOperation('requests:countByStatus', {});
  const most = Math.max(1, ...STATUS_ORDER.map((status) => data?.counts[status] ?? 0));
  return (
    <fieldset className={classes.bars}>
      <legend className={classes.legend}>Filter by status</legend>
      {STATUS_ORDER.map((status) => {
        const count = data?.counts[status];
        return (
          <UnstyledButton
            key={status}
            className={classes.bar}
            aria-pressed={chosen.includes(status)}
            title={WAITS_FOR[status]}
            onClick={() => onToggle(status)}
          >
            <StatusMark status={status} />{' '}
            <span className={classes.barFoot}>
              <span className={classes.barTrack}>
                <span className={classes.barFill} style={{ width: `${((count ?? 0) / most) * 100}%` }} />
              </span>
              <span className={classes.barCount}>{count === undefined ? ' ' : formatNumber(count)}</span>
              <VisuallyHidden> {count === 1 ? 'request' : 'requests'}</VisuallyHidden>
            </span>
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
};
