/**
 * Which of ESR's assignments are posts. An assignment that is terminated, an applicant's, or past its last day is none: nobody
 * is in post by it, and it is nobody's direct report. A suspended, seconded or long-absent person is in post, and that is said.
 */
import { type IsoDate, showDate } from '../dates.ts';

/** Patterns of SQL's LIKE: `%` stands for anything, letters' case does not count. The register's SQL is made of the same ones. */
type Patterns = readonly string[];

interface Words {
  readonly assignmentType: Patterns;
  readonly systemStatus: Patterns;
  readonly userStatus: Patterns;
}

/**
 * ESR's status words as far as they are known (Oracle's system statuses, and user statuses as trusts' files show them). They are
 * inferred, so they stand here as data; none may hold an underscore, which LIKE would read as any letter.
 */
export const NO_POST = {
  ended: {
    assignmentType: [],
    systemStatus: ['TERM%', 'END', 'ENDED%'],
    userStatus: [
      '%terminat%',
      'End',
      'Ended%',
      '% ended',
      'Left%',
      'Leaver%',
      'Resigned%',
      'Retired%',
      'Dismissed%',
      'Deceased%',
      'Ex-employee%',
    ],
  },
  applicant: {
    assignmentType: ['A', 'O', 'APL%', 'Applicant%', 'Offer%'],
    systemStatus: ['%APL', 'APL%', 'ACCEPTED%', 'OFFER%', 'INTERVIEW%'],
    userStatus: ['Offer%', 'Applicant%', '%Applicant', 'Accepted%', 'Interview%'],
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Said, in this order; the user's status tells more than the system's, so it is looked at first. */
export const SAID = {
  seconded: { assignmentType: [], systemStatus: [], userStatus: ['%secondment%', '%seconded%'] },
  'long-absent': {
    assignmentType: [],
    systemStatus: [],
    userStatus: [
      '%maternity%',
      '%paternity%',
      '%adoption%',
      '%parental leave%',
      '%career break%',
      '%sabbatical%',
      '%long term%',
      '%long-term%',
      '%unpaid leave%',
      '%absen%',
      '%inactive%',
    ],
  },
  suspended: {
    assignmentType: [],
    systemStatus: ['SUSP%'],
    userStatus: ['%suspen%', '%garden%leave%', '%excluded%', '%exclusion%'],
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Somebody of such a type is not, or no longer, one of the trust's staff. The user's type counts where the system's is blank. */
export const NOT_STAFF = {
  systemPersonType: ['EX%', 'APL%', 'RETIREE%'],
  userPersonType: ['Ex-%', 'Ex %', 'Applicant%', 'Retire%'],
} as const;

export type NoPost = keyof typeof NO_POST;
export type Said = keyof typeof SAID;

/** One assignment as the register has it; dates are last days. */
export interface PostRow {
  readonly assignmentType: string | null;
  readonly systemStatus: string | null;
  readonly userStatus: string | null;
  readonly effectiveFrom: IsoDate;
  readonly effectiveTo: IsoDate | null;
  readonly assignmentEndDate: IsoDate | null;
  readonly lastWorkingDay: IsoDate | null;
  readonly contractEndDate: IsoDate | null;
}

/** The columns whose day ends a post, with what each is called on the screen. The earliest counts. */
export const LAST_DAYS = {
  assignmentEndDate: 'assignment end date',
  lastWorkingDay: 'last working day',
  contractEndDate: 'contract end date',
  effectiveTo: 'end of the assignment’s record',
} as const satisfies Partial<Record<keyof PostRow, string>>;

/** Whether a value is what one of the patterns says. */
export function isLike(value: string | null, patterns: Patterns): boolean {
  const text = value?.trim() ?? '';
  return text !== '' && patterns.some((pattern) => expressionOf(pattern).test(text));
}

const expressions = new Map<string, RegExp>();
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const made = new RegExp(`^${parts.join('.*')}$`, 'is');
  expressions.set(pattern, made);
  return made;
}

const matches = (row: PostRow, words: Words): boolean =>
  isLike(row.userStatus, words.userStatus) ||
  isLike(row.systemStatus, words.systemStatus) ||
  isLike(row.assignmentType, words.assignmentType);

/** Why an assignment is no post today, as a clause to follow the person's name; null while it is one. */
export function whyNoPost(row: PostRow, today: IsoDate): string | null {
  const status = row.userStatus?.trim() || row.systemStatus?.trim() || row.assignmentType?.trim();
  if (matches(row, NO_POST.applicant)) return `is an applicant for the post (${status})`;
  if (matches(row, NO_POST.ended)) return `no longer holds the post (${status})`;
  if (row.effectiveFrom > today) return `starts in the post on ${showDate(row.effectiveFrom)}`;
  const past = (Object.keys(LAST_DAYS) as (keyof typeof LAST_DAYS)[])
    .map((field) => ({ field, day: row[field] }))
    .filter(
      (one): one is { field: keyof typeof LAST_DAYS; day: IsoDate } => one.day !== null && one.day < today,
    )
    .toSorted((a, b) => a.day.localeCompare(b.day))[0];
  return past ? `left the post on ${showDate(past.day)} (${LAST_DAYS[past.field]})` : null;
}

export const isPost = (row: PostRow, today: IsoDate): boolean => whyNoPost(row, today) === null;

/** What is said of somebody in post: the kind, and ESR's own words for it. */
export interface PostRemark {
  readonly kind: Said;
  readonly words: string;
}

/** Null where nothing is to be said. */
export function remarkOn(
  row: Pick<PostRow, 'assignmentType' | 'systemStatus' | 'userStatus'>,
): PostRemark | null {
  const status = row.userStatus?.trim() || row.systemStatus?.trim() || '';
  for (const kind of Object.keys(SAID) as Said[]) {
    if (matches({ ...NO_DATES, ...row }, SAID[kind])) return { kind, words: status };
  }
  return null;
}

const NO_DATES = {
  effectiveFrom: '',
  effectiveTo: null,
  assignmentEndDate: null,
  lastWorkingDay: null,
  contractEndDate: null,
} as const;

/** Whether ESR's person types make somebody one of the staff; blank types do, as a small file leaves them out. */
export function isStaffType(systemPersonType: string | null, userPersonType: string | null): boolean {
  if ((systemPersonType?.trim() ?? '') !== '') return !isLike(systemPersonType, NOT_STAFF.systemPersonType);
  return !isLike(userPersonType, NOT_STAFF.userPersonType);
}

/**
 * The last day of somebody's posts, those that begin later too, where every one of them ends; null where one does not, or where
 * there is none on `day` or after. A row that another of its assignment follows ends nothing. `terminatedOn` ends all of them.
 */
export function lastDayOfPosts(
  rows: readonly (PostRow & { readonly assignmentNumber: string })[],
  terminatedOn: IsoDate | null,
  day: IsoDate,
): IsoDate | null {
  const posts = rows.filter((row) => !matches(row, NO_POST.applicant) && !matches(row, NO_POST.ended));
  const ends: IsoDate[] = [];
  for (const row of posts) {
    const isFollowed = posts.some(
      (other) => other.assignmentNumber === row.assignmentNumber && other.effectiveFrom > row.effectiveFrom,
    );
    const { assignmentEndDate, lastWorkingDay, contractEndDate, effectiveTo } = row;
    const end = [
      ...[terminatedOn, assignmentEndDate, lastWorkingDay, contractEndDate],
      isFollowed ? null : effectiveTo,
    ]
      .filter((one) => one !== null)
      .toSorted()[0];
    if (end === undefined && !isFollowed) return null;
    if (end !== undefined && end >= day) ends.push(end);
  }
  return ends.toSorted().at(-1) ?? null;
}
