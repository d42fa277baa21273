import { createAccessKeys } from '../../domain/access/access-key.ts';
import { createEntryFinder } from '../../domain/access/catalogue.ts';
import {
  type EndDateMeaning,
  effectiveSpan,
  endDateFor,
  isOver,
  lastDayOf,
} from '../../domain/access/effective-access.ts';
import { type IsoInstant, londonDate } from '../../domain/dates.ts';
import { type PersonKey, personIdOf } from '../../domain/people/person-key.ts';
import { type AccessSeen, type HoldingSeen, NEVER } from '../../domain/requests/verification-facts.ts';
import type { AcceptedPosition, StoreAccess } from '../ground/ports.ts';
import { readCatalogue, readSettings } from '../ground/store-settings.ts';
import type { WhoIsWho } from '../ground/who-is-who.ts';

/** How rows of holdings are understood today: whose they are, what they give, and on which days. */
export interface AccessReader {
  readonly meaning: EndDateMeaning;
  readonly who: Pick<WhoIsWho, 'personOf' | 'holderOf'>;
  /** See the domain's `accessKey`; `storedName` is what the catalogue called it when it came in. */
  readonly accessOf: (exportedName: string, storedName?: string | null) => string;
  /** Null where nobody can be read in the row, or where it ends before it starts. */
  readonly read: (row: HoldingSeen) => AccessSeen | null;
}

export function createAccessReader(access: Pick<StoreAccess, 'settings' | 'who'>): AccessReader {
  const catalogue = readCatalogue(access.settings);
  const everyone = new Set(catalogue.entries.filter((entry) => entry.everyone).map(({ name }) => name));
  const meaning = readSettings(access.settings).endDateMeaning;
  const who = access.who.inBulk();
  const accessOf = createAccessKeys(createEntryFinder(catalogue));
  const read = (row: HoldingSeen): AccessSeen | null => {
    const person = who.holderOf(row);
    const part = { start: row.startDate, end: row.endDate };
    const own = effectiveSpan([part], meaning);
    const account = { start: row.accountStart ?? null, end: row.accountEnd ?? null };
    if (person === null || own === null) return null;
    const effective = effectiveSpan([part, account], meaning) ?? NEVER;
    const key = accessOf(row.asExported, row.urp);
    const accountLastDay = lastDayOf(account.end, meaning);
    const shut =
      accountLastDay !== null && effective.lastDay !== own.lastDay ? { shutSince: accountLastDay } : {};
    return { person, access: key, everyone: everyone.has(key), own, effective, ...shut, evidence: row };
  };
  return { meaning, who, accessOf, read };
}

/** What stands on the extract's day, or will, becomes the starting position with the dates that ESR has for it now. */
export function startingPositionsOf(
  seen: readonly AccessSeen[],
  takenAt: IsoInstant,
  meaning: EndDateMeaning,
): readonly AcceptedPosition[] {
  const day = londonDate(takenAt);
  return seen
    .filter(({ effective }) => !isOver(effective, day))
    .map(({ person, access, effective, evidence }) => ({
      employeeNumber: evidence.employeeNumber ?? '',
      personId: personIdOf(person as PersonKey),
      username: evidence.username,
      exportedName: evidence.asExported,
      urp: access.startsWith('?') ? null : access,
      from: effective.from,
      // As ESR writes an end, so that finding out what it means moves no accepted day.
      until: endDateFor(effective.lastDay, meaning),
    }));
}
