import type { Output } from '../../../../electron/contract/contract.ts';
import { EmptyState, LoadingRows } from '../../components/states.tsx';
import { formatInstant } from '../../lib/format.ts';
import classes from './home.module.css';

export const RecentEvents = ({ recent }: { readonly recent: Output<'home:get'>['recent'] | undefined }) => {
  if (recent === undefined) return <LoadingRows rows={6} rowHeight={32} />;
  if (recent.length === 0) return <EmptyState title="Nothing has happened yet" />;
  return (
    <ol className={classes.events}>
      {recent.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike; the list is only ever read anew.
        <li key={index} className={classes.event}>
          <time dateTime={event.at} className={classes.when}>
            {formatInstant(event.at)}
          </time>
          <span>{event.sentence}</span>
        </li>
      ))}
    </ol>
  );
};
