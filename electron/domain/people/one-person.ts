/**
 * Which PersonIds are one person. ESR makes a new record when somebody comes back, and merges records; the smartcard UUID (one for
 * life) and the NHS unique id stay (domain.md, Identifiers). Two people must never become one by a value that was typed wrongly or
 * stands for nothing: such records are doubted, not joined (docs/decisions/0022-who-is-who.md).
 */
import type { IsoDate } from '../dates.ts';

/** What the register last said of one PersonId. */
export interface PersonRecord {
  readonly personId: string;
  readonly names: readonly { readonly first: string | null; readonly last: string }[];
  /** First and last day of employment as far as it is known; null = not ended. */
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Which import stated it first, counted from 1, and which stated it no longer; null = stated still. */
  readonly stated: { readonly from: number; readonly until: number | null };
  /** Smartcard UUIDs and NHS unique ids, each with its kind before it, so that one never equals the other. */
  readonly marks: readonly string[];
}

export interface OnePerson {
  /** PersonId → the PersonId that stands for the person. Only those that differ. */
  readonly canonical: ReadonlyMap<string, string>;
  /** Pairs that share a mark and seem to be two people, each once, by PersonId. */
  readonly doubted: readonly (readonly [string, string])[];
}

/** More people than this on one mark: it is a value that stands for nothing. */
const MOST_ON_ONE_MARK = 4;

/** 12 digits, not all alike, not counted up or down; null where it names nobody. */
export function smartcardMark(uuid: string | null): string | null {
  const digits = (uuid ?? '').replace(/[\p{Cf}\s]+/gu, '');
  return /^\d{12}$/.test(digits) && isSomebodys(digits) ? `card:${digits}` : null;
}

/** Its form is not public, so anything but a value that stands for nothing is taken. */
export function nhsMark(uniqueId: string | null): string | null {
  const plain = (uniqueId ?? '').replace(/[\p{Cf}\s]+/gu, '').toUpperCase();
  return /^[A-Z0-9]{6,20}$/.test(plain) && /\d/.test(plain) && isSomebodys(plain) ? `nhs:${plain}` : null;
}

const COUNTED = ['01234567890123456789', '98765432109876543210', '12345678901234567890'];

function isSomebodys(value: string): boolean {
  return !/^(.)\1*$/.test(value) && !COUNTED.some((counted) => counted.includes(value));
}

/** In whatever order the records come, the answer is the same. */
export function onePerson(records: readonly PersonRecord[]): OnePerson {
  const byMark = new Map<string, PersonRecord[]>();
  for (const record of records) {
    for (const mark of new Set(record.marks)) byMark.set(mark, [...(byMark.get(mark) ?? []), record]);
  }
  const above = new Map<string, string>();
  const top = (id: string): string => {
    const next = above.get(id);
    return next === undefined || next === id ? id : top(next);
  };
  const doubted = new Map<string, readonly [string, string]>();
  for (const holders of byMark.values()) {
    if (holders.length < 2 || holders.length > MOST_ON_ONE_MARK) continue;
    for (const [a, b] of pairs(holders)) {
      const [first, second] = inOrder(a.personId, b.personId);
      if (!seemsOne(a, b)) {
        doubted.set(`${first}|${second}`, [first, second]);
        continue;
      }
      const [lower, higher] = inOrder(top(first), top(second));
      if (lower !== higher) above.set(higher, lower);
    }
  }
  // Joined by way of a third record, a doubted pair would become one after all: then none of its records is joined.
  const broken = new Set<string>();
  for (const [first, second] of doubted.values()) if (top(first) === top(second)) broken.add(top(first));
  const canonical = new Map<string, string>();
  for (const id of above.keys()) if (!broken.has(top(id))) canonical.set(id, top(id));
  const apart = records.filter(({ personId }) => broken.has(top(personId))).map(({ personId }) => personId);
  for (const [a, b] of pairs(apart)) {
    const [first, second] = inOrder(a, b);
    if (top(first) === top(second)) doubted.set(`${first}|${second}`, [first, second]);
  }
  return {
    canonical,
    doubted: [...doubted.values()].toSorted((a, b) => `${a}`.localeCompare(`${b}`)),
  };
}

/** One after the other, in employment or in what ESR states, a mark is enough; at one time, the names must agree too. */
function seemsOne(a: PersonRecord, b: PersonRecord): boolean {
  const apart = before(a, b) || before(b, a);
  return apart || a.names.some((one) => b.names.some((other) => agree(one, other)));
}

function before(a: PersonRecord, b: PersonRecord): boolean {
  return (a.to !== null && a.to < b.from) || (a.stated.until !== null && a.stated.until <= b.stated.from);
}

type Name = PersonRecord['names'][number];

function agree(a: Name, b: Name): boolean {
  const [x, y] = [plain(a.first ?? ''), plain(b.first ?? '')];
  const firsts = x === '' || y === '' || x.startsWith(y) || y.startsWith(x);
  return firsts && plain(a.last) === plain(b.last);
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

/** PersonIds are numbers: the shorter, then the lower, is the older record. */
function inOrder(a: string, b: string): readonly [string, string] {
  const before = a.length === b.length ? a < b : a.length < b.length;
  return before ? [a, b] : [b, a];
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
}
