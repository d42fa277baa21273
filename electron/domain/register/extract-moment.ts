import type { IsoInstant } from '../dates.ts';
import { instantMs, showDate, showInstant } from '../dates.ts';
import { readDateText } from './date-text.ts';
import { type LocalMoment, momentInstant, parseSourceMoment, type ToInstant } from './source-dates.ts';

/**
 * When an extract was taken, from the title rows above its header. What it is *as at* beats when it was run, and that
 * beats when it was printed: no extract proves anything of a time after its facts. The dates of a range, of a filter or
 * of anything else are never the moment.
 */
export interface TitleMoment extends LocalMoment {
  /** The title row that says so, as it stands. */
  readonly from: string;
  /** The other day that it could be, where day and month can change places; null where it has one reading. */
  readonly otherwise: string | null;
}

/** Best first. `other` is a date that says nothing about the taking. */
const RANKS = ['as-at', 'run', 'printed', 'other'] as const;
type Rank = (typeof RANKS)[number];

/** What stands before a date and says what it is; the last one before it counts. */
const WORDS: readonly { readonly rank: Rank; readonly words: RegExp }[] = [
  {
    rank: 'other',
    words:
      /\b(?:(?:next|previous|prior) (?:scheduled )?(?:run|extract|report|refresh|import)(?: date)?(?: and time)?|(?:template|definition|layout|specification)(?: was| is)? (?:last )?(?:created|updated|modified|saved|revised|generated)(?: on| date)?|(?:from|to|start|end|begin|beginning|hire|expiry|review|issue|revision|version|period|range) dates?|range|period|between|from|since|until|till|to|through|starts?|starting|start date|ends?|ending|end date|before|after|due|next|valid|expires?|version|revised|hired?|birth|week|month|quarter|year|filter|parameters?|where|modified|updated)\b/gi,
  },
  {
    rank: 'as-at',
    words:
      /\b(?:as (?:at|of|on)|(?:position|correct|accurate|current|true|snapshot|data) (?:at|as at|on|of)|effective(?: date| on| as at)?|snapshot(?: date| taken)?|data (?:date|loaded|refreshed|to|up to)|(?:last )?refresh(?:ed)?(?: date| on| at)?|up to(?: and including)?|last updated|data updated)\b/gi,
  },
  {
    rank: 'run',
    words:
      /\b(?:run|ran|taken|extract(?:ed|ion)?|generat(?:ed|ion)|produced|created|report(?:ed)?|date|executed|submitted|completed)\b/gi,
  },
  {
    rank: 'printed',
    words:
      /\b(?:(?:print|export|download) date|date (?:printed|exported|downloaded)|print(?:ed)?|export(?:ed)?|download(?:ed)?|saved|sent)\b/gi,
  },
];

const MONTH = '[A-Za-z]{3,9}\\.?';
const DAY = [
  `\\d{1,2}(?:st|nd|rd|th)?(?: of)?[-/. ]${MONTH}[-/., ]{1,2}(?:\\d{4}|\\d{2})`,
  `${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
  '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}',
  `\\d{4}-${MONTH}-\\d{1,2}`,
  '\\d{1,2}([-/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})',
  '(?:19|20)\\d{6}',
].join('|');
const HALF = '(?: ?(?:am|pm|a\\.m\\.?|p\\.m\\.?))';
const TIME = `(?<=(?:19|20)\\d{6}[ T])(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?!\\d)|\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\.\\d{1,9})?${HALF}?(?: ?(?:Z|UTC|GMT|BST|[+-]\\d{2}:?\\d{2})\\b)?|\\d{1,2}${HALF}`;
/** Between a date and its time: nothing much, or a word that says that a time follows. */
const LINK = '(?:T|:|[ ,;|-]*(?:(?:(?:run|report|extract) )?(?:time|at)[ :,]*)?)';
const DATE_WITH_TIME = new RegExp(
  `(?<![\\dA-Za-z])(?:${DAY})(?![\\d])(?:${LINK}(?:${TIME})(?![\\d:]|[./-]\\d))?`,
  'gi',
);
const ONLY_DAY = new RegExp(`^(?:${DAY})(?![\\d])`, 'i');
const TIME_BEFORE = new RegExp(`(?:^|[ ,:])(${TIME})(?: on| of|,)? ?$`, 'i');
const RUN_TIME = new RegExp(`^(?:(?:run|report|extract(?:ed)?) )?time[ :,]*(${TIME})$`, 'i');
/** What joins the two ends of a range. */
const RANGE = /^\s*(?:-|–|—|to|until|till|through|thru|and|\.\.+|>|→)\s*$/i;

interface Found {
  readonly rank: Rank;
  readonly moment: TitleMoment;
}

/** The moment that the title rows give, or null where none of them says. */
export function suggestTakenAt(titleRows: readonly (readonly string[])[]): TitleMoment | null {
  const found = titleRows.flatMap((row) =>
    momentsOf(
      row
        .map((cell) => cell.trim())
        .join(' ')
        .trim(),
    ),
  );
  const best = RANKS.slice(0, 3).map((rank) => earliest(found.filter((one) => one.rank === rank)));
  const [asAt, run, printed] = best;
  const taken = asAt ?? run ?? printed ?? null;
  const ran = run ?? printed;
  // A report that calls itself as at a day to come was still only run when it was run.
  const moment = taken && ran && localText(ran) < localText(taken) ? ran : taken;
  return moment !== null && moment === run ? withRunTime(moment, titleRows) : moment;
}

/** `Run time: 07:15` in a row of its own belongs to the run date above or below it. */
function withRunTime(run: TitleMoment, titleRows: readonly (readonly string[])[]): TitleMoment {
  if (run.time !== null || run.instant !== null) return run;
  for (const row of titleRows) {
    const time = RUN_TIME.exec(plainTitle(row.join(' ')).trim())?.[1];
    const moment = time === undefined ? null : parseSourceMoment(`${run.date} ${time}`);
    if (moment) return { ...moment, from: run.from, otherwise: run.otherwise };
  }
  return run;
}

const localText = ({ date, time, instant }: LocalMoment): string =>
  instant ?? `${date}T${time ?? '00:00:00'}`;

/** Of several that say the same thing the earliest, which proves least. */
function earliest(found: readonly Found[]): TitleMoment | null {
  const sorted = found.map((one) => one.moment).sort((a, b) => localText(a).localeCompare(localText(b)));
  return sorted[0] ?? null;
}

/** One kind of space and dash, zones without brackets, and `0715 hrs` as the clock shows it. */
const plainTitle = (row: string): string =>
  row
    .replace(/[\u00a0\s]+/g, ' ')
    .replace(/[‐‑]/g, '-')
    .replace(/\((UTC|GMT|BST|Z)\)/g, '$1')
    .replace(/(?<![\d:./-])([01]\d|2[0-3])[:.]?([0-5]\d) ?(?:hrs?|hours)\b\.?/gi, '$1:$2');

function momentsOf(row: string): readonly Found[] {
  const plain = plainTitle(row);
  const matches = [...plain.matchAll(DATE_WITH_TIME)];
  return matches.flatMap((match, i) => {
    const before = plain.slice(i === 0 ? 0 : endOf(matches[i - 1]), match.index);
    const next = matches[i + 1];
    const joined =
      (i > 0 && RANGE.test(before)) || (next && RANGE.test(plain.slice(endOf(match), next.index)));
    if (joined) return [];
    const rank = rankOf(before);
    const moment = rank === null || rank === 'other' ? null : momentOf(match[0], before);
    return moment && rank ? [{ rank, moment: { ...moment, from: row } }] : [];
  });
}

const endOf = (match: RegExpMatchArray | undefined): number =>
  match === undefined ? 0 : (match.index ?? 0) + match[0].length;

/** The last word before the date that says what it is; null where none does. */
function rankOf(before: string): Rank | null {
  let best: { readonly rank: Rank; readonly end: number; readonly length: number } | null = null;
  for (const { rank, words } of WORDS) {
    for (const match of before.matchAll(words)) {
      const end = endOf(match);
      const length = match[0].length;
      if (best === null || end > best.end || (end === best.end && length > best.length))
        best = { rank, end, length };
    }
  }
  return best?.rank ?? null;
}

function momentOf(text: string, before: string): Omit<TitleMoment, 'from'> | null {
  const day = ONLY_DAY.exec(text)?.[0] ?? '';
  const rest = text.slice(day.length);
  const time = /\d.*$/.exec(rest)?.[0] ?? TIME_BEFORE.exec(before)?.[1] ?? '';
  const written = time === '' ? day : `${day} ${time}`;
  // In a title a two-digit year stands alone: it is read, since it is shown and can be corrected.
  const moment = parseSourceMoment(written, 'day-first-2') ?? parseSourceMoment(written, 'month-first-2');
  if (moment === null) return null;
  const read = readDateText(day);
  const other = read.kind === 'numeric' && read.dayFirst !== null ? read.monthFirst : null;
  return { ...moment, otherwise: other === moment.date ? null : other };
}

/** The keyings of requests that a typed moment decides otherwise than the file's own: see {@link sayMoment}. */
export interface MomentChange {
  /** Keyed before the typed moment and not before the file's: proved now, and would not be. */
  readonly proved: number;
  /** Keyed before the file's own moment and not before the typed one: left for the next extract. */
  readonly left: number;
}

/** How many of the keyings each of two moments decides. An extract proves what was keyed before it was taken. */
export function momentChange(
  keyedAt: readonly IsoInstant[],
  fileSays: IsoInstant | null,
  typed: IsoInstant,
): MomentChange {
  const own = fileSays === null ? Number.NEGATIVE_INFINITY : instantMs(fileSays);
  const said = instantMs(typed);
  let [proved, left] = [0, 0];
  for (const keyed of keyedAt) {
    const ms = instantMs(keyed);
    if (ms < said && ms >= own) proved += 1;
    if (ms < own && ms >= said) left += 1;
  }
  return { proved, left };
}

/** What a typed moment changes, in one sentence for the person who typed it. */
export function sayMoment(fileSays: IsoInstant | null, typed: IsoInstant, change: MomentChange): string {
  const told =
    fileSays === null
      ? `You say that it was taken on ${showInstant(typed)}; the file does not say.`
      : `You say that it was taken on ${showInstant(typed)}; the file says ${showInstant(fileSays)}.`;
  const { proved, left } = change;
  const keyed = (n: number) => `${n} keyed ${n === 1 ? 'request' : 'requests'}`;
  const effects = [
    ...(proved > 0 ? [`${keyed(proved)} would be proved that would not be.`] : []),
    ...(left > 0 ? [`${keyed(left)} would wait for the next extract.`] : []),
  ];
  return [told, ...(effects.length > 0 ? effects : ['No keyed request is proved otherwise by it.'])].join(
    ' ',
  );
}

/** The screen's word on a moment found in a file. */
export function sayTitleMoment(moment: TitleMoment, toInstant: ToInstant): string {
  const instant = showInstant(momentInstant(moment, toInstant));
  const alone = moment.time === null && moment.instant === null;
  return [
    alone
      ? `The file gives a day, ${showDate(moment.date)}, and no time: it counts from the first minute of that day.`
      : `The file says ${instant}.`,
    ...(moment.otherwise === null
      ? []
      : [`It could also mean ${showDate(moment.otherwise)}: correct it if so.`]),
  ].join(' ');
}
