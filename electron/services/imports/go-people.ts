import { esrKey } from '../../domain/people/person-key.ts';
import type { ImportContext } from './import-context.ts';

/** Pairs that are named; the rest is counted. */
const NAMED = 3;

/**
 * After a GO file is written: which records are one person, and of whom a row could not be read. What seems to be two people with one
 * smartcard or NHS unique id is said, since only ESR can put it right.
 */
export function relateByGo({ access, imports, staging }: ImportContext, importId: string): readonly string[] {
  const { doubted } = access.who.relate();
  const { everybody, personIds } = staging.unreadPeople();
  const numberOf = (id: string) => access.who.namesOf(esrKey(id)).employeeNumbers[0];
  const people = personIds.flatMap((id) => numberOf(id) ?? []);
  imports.recordUnread(importId, everybody ? ['*', ...people] : people);
  if (doubted.length === 0) return [];
  const named = doubted.slice(0, NAMED).map((pair) => pair.map((id) => numberOf(id) ?? id).join(' and '));
  const more = doubted.length - named.length;
  const list = `${named.join('; ')}${more > 0 ? `; and ${more.toLocaleString('en-GB')} more` : ''}`;
  const whose =
    doubted.length === 1
      ? 'Two records that seem to be two people have one smartcard or NHS unique id'
      : `${doubted.length.toLocaleString('en-GB')} pairs of records that seem to be two people each have one smartcard or NHS unique id`;
  return [`${whose}: ${list}. Ask for it to be put right in ESR: until then the two cannot be told apart.`];
}
