/** Which access a name means: the catalogue's name where it knows it, else the exported name without its spelling. */
import { type EntryMatch, splitVpd } from './catalogue.ts';

/**
 * One text for every spelling of an access. It is worked out when it is needed and never stored, so that an access that the
 * catalogue learns later is still the one that stood there under its exported name. `storedName` is what the catalogue
 * called it when the row came in, for names that an alias has lost since.
 */
export function accessKey(
  find: (asTyped: string) => EntryMatch,
  exportedName: string,
  storedName: string | null = null,
): string {
  for (const name of [exportedName, storedName]) {
    if (name === null) continue;
    const match = find(name);
    if (match.kind === 'found') return match.entry.name;
  }
  return `?${plainName(exportedName)}`;
}

/** `accessKey` for many rows: a trust has some hundred names and a hundred thousand rows. */
export function createAccessKeys(
  find: (asTyped: string) => EntryMatch,
): (exportedName: string, storedName?: string | null) => string {
  const kept = new Map<string, string>();
  return (exportedName, storedName = null) => {
    const name = `${exportedName}|${storedName ?? ''}`;
    const found = kept.get(name) ?? accessKey(find, exportedName, storedName);
    kept.set(name, found);
    return found;
  };
}

/** Case, spaces, dashes, brackets and invisible marks carry no meaning in a URP's name; letters and digits do. */
export function plainName(exportedName: string): string {
  return splitVpd(exportedName)
    .name.normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
