import type { CardSettings } from '../../../../electron/contract/security.contract.ts';
import { POLICY_IDS, type Policy } from './policies.ts';

/** What the form holds: lists are lines of text while somebody types. */
export interface CardSettingsDraft {
  readonly modulePaths: string;
  readonly subjectRule: string;
  readonly trustAnchors: string;
  readonly revocationLists: string;
  readonly removalLocks: boolean;
  readonly approval: Policy;
  readonly exception: Policy;
  readonly auditSignOff: Policy;
}
export type CardSettingsFaults = Partial<Record<keyof CardSettingsDraft, string>>;

export const draftOf = (settings: CardSettings): CardSettingsDraft => ({
  modulePaths: settings.modulePaths.join('\n'),
  subjectRule: settings.subjectRule,
  trustAnchors: settings.trustAnchors,
  revocationLists: settings.revocationLists.join('\n'),
  removalLocks: settings.removalLocks,
  approval: settings.signatures['approve-request'],
  exception: settings.signatures.exception,
  auditSignOff: settings.signatures['audit-sign-off'],
});

/** The form as texts alone, which is how a draft is kept. */
export const textsOf = ({ removalLocks, ...texts }: CardSettingsDraft) => ({
  ...texts,
  removalLocks: removalLocks ? 'yes' : 'no',
});

export const draftFrom = (texts: Readonly<Record<keyof CardSettingsDraft, string>>): CardSettingsDraft => ({
  ...texts,
  removalLocks: texts.removalLocks === 'yes',
  approval: readPolicy(texts.approval, 'none'),
  exception: readPolicy(texts.exception, 'card-or-password'),
  auditSignOff: readPolicy(texts.auditSignOff, 'card-or-password'),
});

const readPolicy = (text: string, otherwise: Policy): Policy =>
  POLICY_IDS.find((policy) => policy === text) ?? otherwise;

/** One path a line; empty lines and what stands there twice fall away. */
const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      // Windows' "Copy as path" puts quotes around it.
      .map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
      .filter((line) => line !== ''),
  ),
];

/** `/usr/…`, `C:\…` or a share. Whether a file is there is for the program to find out. */
const isAbsolute = (path: string): boolean => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path);

const MOST_MODULES = 10;
const MOST_LISTS = 20;
const LONGEST_PATH = 500;
const LONGEST_ANCHORS = 100_000;

const pathsFault = (paths: readonly string[], most: number): string | undefined => {
  if (paths.length > most) return `At most ${most} paths`;
  const relative = paths.find((path) => !isAbsolute(path));
  if (relative !== undefined) return `Write the whole path, from the drive or from /: ${shortened(relative)}`;
  const long = paths.find((path) => path.length > LONGEST_PATH);
  return long === undefined ? undefined : `A path has at most ${LONGEST_PATH} characters: ${shortened(long)}`;
};

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The settings that the form holds, or for each wrong field what is wrong. Rule and certificates are judged by the program. */
export const readDraft = (
  draft: CardSettingsDraft,
  saved: CardSettings,
): { readonly settings: CardSettings } | { readonly faults: CardSettingsFaults } => {
  const modulePaths = linesOf(draft.modulePaths);
  const revocationLists = linesOf(draft.revocationLists);
  const faults = Object.fromEntries(
    Object.entries({
      modulePaths: pathsFault(modulePaths, MOST_MODULES),
      revocationLists: pathsFault(revocationLists, MOST_LISTS),
      subjectRule: draft.subjectRule.trim().length < 4 ? 'Write a rule such as CN=^(\\d{12})$' : undefined,
      trustAnchors:
        draft.trustAnchors.length > LONGEST_ANCHORS
          ? 'This is more than fits. Keep the issuers of your cards alone.'
          : undefined,
    }).filter(([, fault]) => fault !== undefined),
  );
  if (Object.keys(faults).length > 0) return { faults };
  return {
    settings: {
      modulePaths: [...modulePaths],
      subjectRule: draft.subjectRule.trim(),
      trustAnchors: draft.trustAnchors.trim() === '' ? '' : `${draft.trustAnchors.trim()}\n`,
      revocationLists: [...revocationLists],
      removalLocks: draft.removalLocks,
      signatures: {
        ...saved.signatures,
        'approve-request': draft.approval,
        exception: draft.exception,
        'audit-sign-off': draft.auditSignOff,
      },
    },
  };
};

/** Whether saving would change anything; a form that cannot be read has surely been changed. */
export const isChanged = (draft: CardSettingsDraft, saved: CardSettings): boolean => {
  const now = readDraft(draft, saved);
  const then = readDraft(draftOf(saved), saved);
  return JSON.stringify(now) !== JSON.stringify(then);
};

/** The text of chosen files behind what stands in the field, or why one of them does not belong there. */
export const addCertificates = (
  present: string,
  files: readonly { readonly name: string; readonly text: string }[],
): { readonly text: string } | { readonly problem: string } => {
  for (const { name, text } of files) {
    if (text.includes('PRIVATE KEY')) {
      return {
        problem: `${name} holds a private key. Choose the certificate alone, and keep the key where it belongs.`,
      };
    }
    if (!text.includes('-----BEGIN CERTIFICATE-----')) {
      return {
        problem: `${name} is not in PEM form (text that begins with -----BEGIN CERTIFICATE-----). Ask for it as “Base-64 encoded”.`,
      };
    }
  }
  const all = [present.trim(), ...files.map(({ text }) => text.replaceAll('\r\n', '\n').trim())];
  return { text: `${all.filter((part) => part !== '').join('\n')}\n` };
};

export type AnchorAge = 'good' | 'soon' | 'over';

const SOON_MS = 60 * 86_400_000;

export const anchorAge = (expiresAt: string, now: Date): AnchorAge => {
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return 'over';
  return left < SOON_MS ? 'soon' : 'good';
};
