import type { Output } from '../../contract/contract.ts';
import { canonicalJson, NotCanonicalError } from '../../domain/ledger/canonical-json.ts';
import { checkDisclosure } from '../../domain/ledger/commitment.ts';
import { leafHash, RootAccumulator } from '../../domain/ledger/merkle.ts';
import {
  CancelledError,
  type JobControl,
  type LedgerRepository,
  type Sha256,
  type StoredLedgerRow,
} from '../ground/ports.ts';

type Verdict = Output<'ledger:verify'>;

const encoder = new TextEncoder();
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const same = (a: Uint8Array, b: Uint8Array | null): boolean =>
  b !== null && a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * Recomputes every leaf from its event, every node from the leaves and the root from the nodes, and compares the index columns and
 * the disclosed personal fields with the event they stand for. Proves that nothing was changed since it was written; a whole log put
 * back to an earlier state shows only against a root that somebody kept.
 */
export function verifyLedger(ledger: LedgerRepository, sha256: Sha256, control: JobControl): Verdict {
  const size = ledger.size();
  let firstWrong: number | null = null;
  let nodes = 0;
  let disclosed = 0;
  const wrong = (seq: number) => {
    firstWrong ??= seq;
  };
  let seq = 0;
  const tree = new RootAccumulator(sha256, ({ level, index, hash }) => {
    nodes += 1;
    if (!same(hash, ledger.readNode(level, index))) wrong(seq);
  });
  // From before the first: a row put there would stand in the list, and in no tree.
  for (const row of ledger.stream(Number.MIN_SAFE_INTEGER)) {
    if (row.seq !== seq || seq >= size) wrong(seq);
    const leaf = leafHash(encoder.encode(row.event), sha256);
    const shown = agrees(row) ? countAgreeing(ledger, row, sha256) : null;
    if (!same(leaf, row.leafHash) || shown === null) wrong(seq);
    disclosed += shown ?? 0;
    tree.append(leaf);
    seq += 1;
    if (seq % 500 === 0) {
      if (control.cancelled()) throw new CancelledError();
      control.progress('Checking the ledger', size === 0 ? 1 : Math.min(1, seq / size), seq);
    }
    // Events that were appended while this ran belong to the next verification.
    if (seq === size) break;
  }
  if (seq !== size) wrong(seq);
  const root = tree.root();
  if (
    firstWrong === null &&
    size === ledger.size() &&
    (!same(root, ledger.root()) || nodes !== ledger.countNodes() || disclosed !== ledger.countDisclosures())
  ) {
    wrong(Math.max(0, size - 1));
  }
  return {
    sound: firstWrong === null,
    size,
    rootHash: toHex(root),
    firstWrong,
    sentence:
      firstWrong === null
        ? `All ${size.toLocaleString('en-GB')} events are as they were written.`
        : `Event ${firstWrong} is not as it was written. Stop work, keep this PC as it is, and tell the system owner.`,
  };
}

/** Do the index columns say what the hashed event says? Otherwise the list could be falsified without touching a leaf. */
function agrees(row: StoredLedgerRow): boolean {
  let event: unknown;
  try {
    event = JSON.parse(row.event);
    if (typeof event !== 'object' || event === null || canonicalJson(event) !== row.event) return false;
  } catch {
    return false;
  }
  const { seq, at, actor, operation, subject, outcome, detail } = event as {
    seq?: unknown;
    at?: unknown;
    actor?: { id?: unknown } | null;
    operation?: unknown;
    subject?: { kind?: unknown; id?: unknown } | null;
    outcome?: unknown;
    detail?: { sentence?: unknown };
  };
  return (
    seq === row.seq &&
    at === row.at &&
    (actor?.id ?? null) === row.actorId &&
    operation === row.operation &&
    (subject?.kind ?? null) === row.subjectKind &&
    (subject?.id ?? null) === row.subjectId &&
    outcome === row.outcome &&
    detail?.sentence === row.sentence
  );
}

/** How many disclosed values the event has, or null where one is not what it stands for. Values that are gone were forgotten on purpose. */
function countAgreeing(ledger: LedgerRepository, row: StoredLedgerRow, sha256: Sha256): number | null {
  const { personal } = JSON.parse(row.event) as { personal?: Record<string, { sha256?: unknown }> | null };
  try {
    const disclosures = ledger.disclosuresOf(row.seq);
    const agree = disclosures.every((disclosure) => {
      const { field } = disclosure;
      const committed = personal && Object.hasOwn(personal, field) ? personal[field]?.sha256 : undefined;
      return typeof committed === 'string' && checkDisclosure(disclosure, { sha256: committed }, sha256);
    });
    return agree ? disclosures.length : null;
  } catch (error) {
    // A value that is not even JSON was not written by this program.
    if (error instanceof SyntaxError || error instanceof NotCanonicalError) return null;
    throw error;
  }
}
