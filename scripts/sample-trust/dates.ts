const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;

/** ISO day plus a number of days. Calendar arithmetic only: no clock is read. */
export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function laterDay(one: string, other: string): string {
  return one < other ? other : one;
}

/** 0 is Sunday. */
export function weekday(iso: string): number {
  return new Date(`${iso}T00:00:00Z`).getUTCDay();
}

export function isIsoDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** GO files write days as yyyyMMdd; an open end stays blank. */
export function goDate(iso: string): string {
  return iso.replaceAll('-', '');
}

/** ESR's exports write 02-Nov-2026. */
export function esrDate(iso: string): string {
  if (iso === '') return '';
  return `${iso.slice(8, 10)}-${MONTHS[Number(iso.slice(5, 7)) - 1]}-${iso.slice(0, 4)}`;
}

export function ukDate(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

function lastSunday(year: string, month: string): string {
  const last = `${year}-${month}-31`;
  return addDays(last, -weekday(last));
}

/** Offset of London office hours on a day: the clocks change at night, so the day decides. */
export function londonOffset(iso: string): '+00:00' | '+01:00' {
  const year = iso.slice(0, 4);
  return iso >= lastSunday(year, '03') && iso < lastSunday(year, '10') ? '+01:00' : '+00:00';
}

/** Minutes after midnight as HH:mm. */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A moment in London's local time: the day, and minutes after midnight. */
export interface LocalMoment {
  readonly day: string;
  readonly minutes: number;
}

export function isoLocal(moment: LocalMoment): string {
  return `${moment.day}T${clockText(moment.minutes)}:00${londonOffset(moment.day)}`;
}

export function ukLocal(moment: LocalMoment): string {
  return `${ukDate(moment.day)} ${clockText(moment.minutes)}`;
}
