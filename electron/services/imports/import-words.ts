import type { ImportCounts } from '../../contract/imports.contract.ts';
import type { WhyLeftAlone } from '../../domain/requests/verification.ts';
import type { JudgedCounts } from '../requests/index.ts';
import type { VerificationCounts } from './verify-holdings.ts';

/** Why keyed requests were left alone, after their number. */
const LEFT_ALONE_WORDS: Readonly<Record<WhyLeftAlone, string>> = {
  'keyed-after': 'keyed after the extract was taken',
  unread: 'left alone, since a row of the person could not be read',
  older: 'left alone, since a newer extract was read before',
  'unknown-person': 'left alone, since nobody can tell whose they are',
  'unknown-account': 'left alone, since an account that may be theirs holds the access',
};

const shown = (n: number): string => n.toLocaleString('en-GB');

/** The import in one sentence of the ledger and of the screen. */
export function importInWords(
  counts: ImportCounts,
  proof: VerificationCounts,
  matched: number,
  judged: JudgedCounts,
): string {
  const { verified, raised, settled, leftAlone } = proof;
  const why = new Map<WhyLeftAlone, number>();
  for (const one of leftAlone) why.set(one.why, (why.get(one.why) ?? 0) + 1);
  const parts = [
    `${shown(counts.new)} new, ${shown(counts.changed)} changed, ${shown(counts.ended)} ended, ${shown(counts.failed)} failed`,
    matched > 0 && `${shown(matched)} waiting ${matched === 1 ? 'form' : 'forms'} matched`,
    verified > 0 && `${shown(verified)} verified and closed`,
    raised['keyed-but-not-seen'] > 0 && `${shown(raised['keyed-but-not-seen'])} keyed but not seen`,
    raised['seen-with-other-dates'] > 0 && `${shown(raised['seen-with-other-dates'])} seen with other dates`,
    raised['held-past-approval'] > 0 && `${shown(raised['held-past-approval'])} held past approval`,
    raised['seen-but-never-approved'] > 0 &&
      `${shown(raised['seen-but-never-approved'])} seen but never approved`,
    settled > 0 && `${shown(settled)} ${settled === 1 ? 'exception' : 'exceptions'} settled`,
    judged.raised > 0 && `${shown(judged.raised)} approved and no longer grantable`,
    judged.lifted > 0 && `${shown(judged.lifted)} grantable again`,
    ...[...why].map(([reason, n]) => `${shown(n)} ${LEFT_ALONE_WORDS[reason]}`),
  ];
  return `${parts.filter((part) => part !== false).join('; ')}.`;
}

/** What a screen is told of a verification. */
export const proofForScreen = ({ verified, raised, settled, leftAlone }: VerificationCounts) => ({
  verified,
  notSeen: raised['keyed-but-not-seen'],
  otherDates: raised['seen-with-other-dates'],
  heldPast: raised['held-past-approval'],
  neverApproved: raised['seen-but-never-approved'],
  settled,
  provesNothing: leftAlone.map(({ sentence }) => sentence),
});
