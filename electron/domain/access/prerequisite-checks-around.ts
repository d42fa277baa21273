/** What stands around the request: training (6), access already held that does not go with it, and the data's age. */
import { daysBetween, instantMs, showDate } from '../dates.ts';
import { type Conflict, conflictsWith } from './catalogue.ts';
import { isOver } from './effective-access.ts';
import type { Prerequisite, PrerequisiteFacts, SourceName } from './prerequisite-facts.ts';
import {
  capital,
  fromExtract,
  holds,
  list,
  missing,
  neverImported,
  sourceTitle,
  warning,
} from './prerequisite-results.ts';

/** Not asked of access given to all staff: e-learning is where the training is done, so that would go in a circle. */
function trainingNeeded({ request, settings }: PrerequisiteFacts): boolean {
  return settings.informationGovernanceRequired && !request.entry?.everyone;
}

export function checkInformationGovernance(facts: PrerequisiteFacts): Prerequisite | null {
  if (!trainingNeeded(facts)) return null;
  const ground = {
    id: 'information-governance',
    title: 'Information governance training in date',
    clause: '6',
    source: fromExtract(facts, 'training'),
  } as const;
  const ask = 'ask the line manager to have it done, then import the training compliance file.';
  const { training, today } = facts;
  if (!facts.sources.training) return neverImported(ground, 'training');
  if (!training) return missing(ground, 'there is no record of information governance training.', ask);
  if (training.status !== 'passed') {
    return missing(ground, 'information governance training has not been passed.', ask);
  }
  if (training.expiresOn === null) return holds(ground, 'Information governance training has been passed.');
  const day = showDate(training.expiresOn);
  if (training.expiresOn < today)
    return missing(ground, `information governance training ran out on ${day}.`, ask);
  return holds(ground, `Information governance training is in date until ${day}.`);
}

export function checkConflicts(facts: PrerequisiteFacts): Prerequisite | null {
  const { entry } = facts.request;
  if (!entry) return null;
  const ground = {
    id: 'conflicts',
    title: 'No conflict with access already held',
    clause: 'Separation of duty (local rule)',
    source: fromExtract(facts, 'holdings'),
  } as const;
  if (!facts.sources.holdings) return neverImported(ground, 'holdings');
  const standing = accessBeside(facts);
  const conflicts = conflictsWith(facts.catalogue, entry.name, [...standing.keys()]);
  if (conflicts.length === 0) return holds(ground, 'Nothing held at present conflicts with it.');
  const other = ({ a, b }: Conflict): string => (a === entry.name ? b : a);
  const told = (some: readonly Conflict[]): string =>
    capital(list(some.map((one) => `${other(one)} ${standing.get(other(one))}, and ${one.why}`)));
  const blocking = conflicts.filter(
    (one) => one.severity === 'block' && !mayBeElsewhere(one, facts) && !isLetPass(other(one), facts),
  );
  if (blocking.length > 0) {
    const conflicting = blocking.map(other);
    return {
      ...missing(
        ground,
        `${told(blocking)}.`,
        `ask the line manager which is needed; end ${list(conflicting)} first, or close the request.`,
      ),
      conflicting,
    };
  }
  return warning(ground, `${told(conflicts)}.`, 'ask the line manager to confirm that both are needed.');
}

/** What the person holds, or will once other requests are keyed, each with the words for how. */
function accessBeside({
  holdings,
  otherRequests = [],
  today,
}: PrerequisiteFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { urp, status, lastDay, reference } of otherRequests) {
    if (status === 'verified' || isOver({ from: null, lastDay }, today)) continue;
    found.set(urp, `is ${status === 'approved' ? 'approved' : 'keyed'} on OneForm ${reference}`);
  }
  for (const { urp, own } of holdings) {
    // What stands in an account that was shut comes back with the account.
    if (own !== null && !isOver(own, today)) found.set(urp, 'is held');
  }
  return found;
}

/** The Caldicott Guardian decides on two that conflict once, with whichever was asked later. */
function isLetPass(urp: string, { request, otherRequests = [], today }: PrerequisiteFacts): boolean {
  const asked = request.entry?.name ?? '';
  return otherRequests.some(
    (other) => other.urp === urp && other.letPass?.conflicts.includes(asked) && other.letPass.until >= today,
  );
}

/** Somebody with several posts may hold one for each hierarchy; only a person can tell, so it warns. */
function mayBeElsewhere(conflict: Conflict, { person }: PrerequisiteFacts): boolean {
  return conflict.sameHierarchyOnly && (person?.assignments.length ?? 0) > 1;
}

/** Old data warns and does not block: the officer sees it and decides whether to wait for a newer extract. */
export function checkExtractAge(facts: PrerequisiteFacts): Prerequisite | null {
  const { sources, settings, now } = facts;
  const aged = usedSources(facts)
    .map((name) => ({ name, source: sources[name] }))
    .filter(({ source }) => source && daysBetween(source.takenAt, now) > settings.maxExtractAgeDays);
  const early = usedSources(facts).find((name) => instantMs(sources[name]?.takenAt ?? now) > instantMs(now));
  const oldest = aged.toSorted((a, b) => (`${a.source?.takenAt}` < `${b.source?.takenAt}` ? -1 : 1))[0];
  const ground = (name: SourceName) =>
    ({
      id: 'extract-age',
      title: 'The data is recent',
      clause: 'Local rule',
      source: fromExtract(facts, name),
    }) as const;
  if (oldest?.source) {
    const told = aged.map(
      ({ name, source }) => `${sourceTitle(name)} (${daysBetween(source?.takenAt ?? now, now)} days)`,
    );
    const fact = `${capital(list(told))} ${aged.length === 1 ? 'is' : 'are'} older than ${settings.maxExtractAgeDays} days.`;
    return warning(ground(oldest.name), fact, 'import newer files if anything may have changed since.');
  }
  if (early) {
    const fact = `${capital(sourceTitle(early))} was taken later than this computer's clock shows.`;
    return warning(ground(early), fact, "check this computer's date and time.");
  }
  return null;
}

function usedSources(facts: PrerequisiteFacts): readonly SourceName[] {
  const used: SourceName[] = ['register', 'holdings'];
  if (facts.request.entry?.needsAsNumber) used.push('asNumbers');
  if (trainingNeeded(facts)) used.push('training');
  return used;
}
