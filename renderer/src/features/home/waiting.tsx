import { Link } from 'wouter';
import type { Output } from '../../../../electron/contract/contract.ts';
import { LoadingRows } from '../../components/states.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { formatNumber } from '../../lib/format.ts';
import { shareOf } from './bars.ts';
import classes from './home.module.css';

interface WaitingProps {
  readonly waiting: Output<'home:get'>['waiting'] | undefined;
  readonly openFindings: number | undefined;
}

/** Small bars, each the way into its part of the queue; exceptions stand last, with a shape. */
export const Waiting = ({ waiting, openFindings }: WaitingProps) => {
  const { may } = useSignedIn();
  if (waiting === undefined || openFindings === undefined) return <LoadingRows rows={5} rowHeight={44} />;
  const most = Math.max(0, ...waiting.map((row) => row.count));
  return (
    <>
      <ul className={classes.bars} aria-label="Requests waiting">
        {waiting.map((row) => (
          <li key={row.label}>
            <WaitingBar
              label={row.label}
              count={row.count}
              most={most}
              {...(may('requests:list') ? { to: row.to } : {})}
            />
          </li>
        ))}
      </ul>
      <div className={classes.exceptions}>
        {openFindings === 0 ? (
          <Mark word="No exceptions open" shape="tick" tone="good" />
        ) : (
          <ExceptionsLink count={openFindings} linked={may('findings:list')} />
        )}
      </div>
    </>
  );
};

interface WaitingBarProps {
  readonly label: string;
  readonly count: number;
  readonly most: number;
  readonly to?: string;
}

const WaitingBar = ({ label, count, most, to }: WaitingBarProps) => {
  const inside = (
    <>
      <span className={classes.barLabel}>{label}</span>
      <span className={classes.barCount}>{formatNumber(count)}</span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.fill} style={{ width: `${shareOf(count, most)}%` }} />
      </span>
    </>
  );
  return to === undefined ? (
    <span className={classes.bar}>{inside}</span>
  ) : (
    <Link href={to} className={classes.bar}>
      {inside}
    </Link>
  );
};

const ExceptionsLink = ({ count, linked }: { readonly count: number; readonly linked: boolean }) => {
  const mark = (
    <Mark
      word={`${formatNumber(count)} ${count === 1 ? 'exception' : 'exceptions'} open`}
      shape="triangle"
      tone="bad"
    />
  );
  return linked ? <Link href="/findings">{mark}</Link> : mark;
};
