import type { Input, Output } from '../../../../electron/contract/contract.ts';
import type { FindingRow } from '../../../../electron/contract/findings.contract.ts';

type ListFindings = (input: Input<'findings:list'>) => Promise<Output<'findings:list'>>;

export const PREFIX = 'findings/';
/** What is said of an exception: how an open one was settled, or why a settled one is opened again. */
type Step = 'settle' | 'reopen';

/** The name under which the words are kept until they are said. */
export const draftKey = (id: string, step: Step): string => `${PREFIX}${id}/${step}`;

/** As many as the contract gives at once. */
const SLICE = 500;

/**
 * The exception that something was being said of when the session was locked, from the names of what was kept; null where it
 * does not stand any more as it did, because somebody else settled or opened it meanwhile.
 */
export const findKept = async (names: readonly string[], list: ListFindings): Promise<FindingRow | null> => {
  const kept = new Set(names.map((name) => `${PREFIX}${name}`));
  for (const step of ['settle', 'reopen'] as const) {
    if (!names.some((name) => name.endsWith(`/${step}`))) continue;
    for (let offset = 0, total = 1; offset < total; offset += SLICE) {
      const answer = await list({ open: step === 'settle', offset, limit: SLICE });
      const found = answer.rows.find(({ id }) => kept.has(draftKey(id, step)));
      if (found !== undefined) return found;
      total = answer.total;
    }
  }
  return null;
};
