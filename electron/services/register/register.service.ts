import type { Input, Output } from '../../contract/contract.ts';
import { type ImportKind, importKind } from '../../contract/imports.contract.ts';
import { endDateFor } from '../../domain/access/effective-access.ts';
import { daysBetween } from '../../domain/dates.ts';
import { accessView } from '../ground/access-view.ts';
import { userNames } from '../ground/account-names.ts';
import { SOURCE_LABELS, sourceAgesOf } from '../ground/gather-facts.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { Clock } from '../ground/ports.ts';
import { notFound } from '../ground/service-error.ts';
import { readCatalogue, readSettings } from '../ground/store-settings.ts';

const registerSource = (store: OpenStore) => {
  const latest = store.register.sources().get('go');
  return { name: SOURCE_LABELS.go, takenAt: latest?.takenAt ?? latest?.importedAt ?? null };
};

export function searchPeople(
  store: OpenStore,
  clock: Clock,
  { text, offset, limit }: Input<'register:searchPeople'>,
): Output<'register:searchPeople'> {
  const { total, more, rows } = store.register.searchPeople(text, clock.today(), { offset, limit });
  return { total, more, rows: [...rows], source: registerSource(store) };
}

export function getPerson(
  store: OpenStore,
  clock: Clock,
  { employeeNumber }: Input<'register:getPerson'>,
): Output<'register:getPerson'> {
  const { register } = store;
  const person = register.personDetail(employeeNumber, clock.today());
  if (person === null) throw notFound('This person');
  const { personType: _, assignments, ...rest } = person;
  return {
    ...rest,
    assignments: assignments.map(
      ({ supervisorNumber: _s, lineManagerNumber: _l, current: _c, ...row }) => row,
    ),
    access: register.holdingsOf(employeeNumber).map(accessView),
    asNumbers: [...register.asNumbersOf(employeeNumber)],
    training: register.trainingOf(employeeNumber).map((row) => ({ ...row })),
    sources: Object.values(sourceAgesOf(store, employeeNumber)).flatMap((age) =>
      age === null ? [] : [{ name: age.name, takenAt: age.takenAt }],
    ),
  };
}

export function listCatalogue(store: OpenStore, clock: Clock): Output<'register:catalogue'> {
  const catalogue = readCatalogue(store.access.settings);
  const today = clock.today();
  const ends = endDateFor(today, readSettings(store.access.settings).endDateMeaning) ?? today;
  const holders = store.register.countHolders(ends);
  return {
    // Only what the contract names: the store's own copy of the catalogue holds more.
    entries: catalogue.entries.map(({ aliases: _a, hierarchyNeed: _h, source: _s, ...entry }) => ({
      ...entry,
      holders: holders.get(entry.name) ?? 0,
    })),
    conflicts: catalogue.conflicts.map(({ a, b, severity, why }) => ({ a, b, severity, why })),
  };
}

export function listImports(store: OpenStore, slice: Input<'imports:list'>): Output<'imports:list'> {
  const { total, rows } = store.register.listImports(slice);
  const nameOf = userNames(store);
  return {
    total,
    rows: rows.map(({ id, kind, fileName, takenAt, importedAt, importedBy, first, ...counted }) => ({
      id,
      kind,
      fileName,
      takenAt,
      importedAt,
      importedBy: nameOf(importedBy),
      first,
      undone: counted.undoneAt === null ? null : { at: counted.undoneAt, by: nameOf(counted.undoneBy ?? '') },
      counts: {
        read: counted.read,
        new: counted.new,
        changed: counted.changed,
        ended: counted.ended,
        unchanged: counted.unchanged,
        failed: counted.failed,
      },
    })),
  };
}

/** Every source, imported or not, and whether it is older than the trust's setting allows. */
export function listSources(store: OpenStore, clock: Clock): Output<'imports:sources'> {
  const latest = store.register.sources();
  const { maxExtractAgeDays } = readSettings(store.access.settings);
  return {
    sources: importKind.options.map((kind: ImportKind) => {
      const found = latest.get(kind);
      const takenAt = found?.takenAt ?? found?.importedAt ?? null;
      return {
        kind,
        label: SOURCE_LABELS[kind],
        takenAt,
        importedAt: found?.importedAt ?? null,
        rows: found ? (found.rows ?? store.register.countRows(kind)) : 0,
        old: takenAt !== null && daysBetween(takenAt, clock.now()) > maxExtractAgeDays,
      };
    }),
  };
}
