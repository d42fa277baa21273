import { Text, Title } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { formatInstant } from '../../lib/format.ts';
import classes from './request.module.css';

/** Every step taken, as the ledger has it. */
export const HistoryList = ({ entries }: { readonly entries: RequestDetail['history'] }) => (
  <section className={`${classes.card} ${classes.noPrint}`} aria-labelledby="history">
    <Title order={2} size="h4" id="history">
      History
    </Title>
    {entries.length === 0 ? (
      <Text size="sm" c="dimmed">
        Nothing has been done yet.
      </Text>
    ) : (
      <ol className={classes.history}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <Text span size="sm" c="dimmed" className={classes.historyWhen}>
              <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            </Text>
            <Text span size="sm">
              {entry.sentence}
            </Text>
            <Text span size="sm" c="dimmed">
              {entry.actor}, ledger {entry.seq}
            </Text>
          </li>
        ))}
      </ol>
    )}
  </section>
);
