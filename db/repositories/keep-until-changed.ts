import type { StoreConnection } from '../connection.ts';
import { once } from './kept-statements.ts';

/** So many answers, and it begins anew: a day's work asks about fewer people. */
const MOST = 5_000;

/**
 * Keeps answers until anything in the store is written, by this connection or another: one look at a screen asks the same of the same
 * people many times. Within a transaction nothing is kept, since it may be rolled back.
 */
export function keepUntilChanged(db: StoreConnection) {
  const stamp = once(() =>
    db.prepare<[], string>(`select total_changes() || '.' || data_version from pragma_data_version`).pluck(),
  );
  return <K, T>(work: (asked: K) => T): ((asked: K) => T) => {
    const answers = new Map<K, T>();
    let as = '';
    return (asked) => {
      if (db.inTransaction) return work(asked);
      const now = stamp().get() ?? '';
      if (now !== as || answers.size >= MOST) answers.clear();
      as = now;
      if (answers.has(asked)) return answers.get(asked) as T;
      const answer = work(asked);
      answers.set(asked, answer);
      return answer;
    };
  };
}
