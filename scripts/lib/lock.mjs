/**
 * npm leaves out of package-lock.json the platform packages that its registry does not have, and then refuses its own
 * lock file (`npm ci`: "Missing … from lock file"), here and on every other machine. Naming them makes it whole.
 */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];

/** Reads os, cpu and libc off a platform package's name, such as `…-linux-arm64-musl`. */
export function platformOf(name) {
  const [system, cpu, flavour] = name
    .split('-')
    .slice(name.split('-').findIndex((part) => SYSTEMS.includes(part)));
  if (!system || !SYSTEMS.includes(system)) return {};
  const libc = flavour?.startsWith('musl') ? 'musl' : flavour?.startsWith('gnu') ? 'glibc' : undefined;
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc && system === 'linux' ? { libc: [libc] } : {}),
    os: [system],
  };
}

function isNamed(packages, from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (packages[`${place}${place ? '/' : ''}node_modules/${name}`]) return true;
    if (!place.includes('/node_modules/')) return Boolean(packages[`node_modules/${name}`]);
  }
}

/**
 * Adds an entry for every optional platform package that is asked for by exact version and not named.
 * @param {Record<string, object>} packages `packages` of package-lock.json
 * @returns {{packages: Record<string, object>, added: string[]}}
 */
export function completeLock(packages) {
  const added = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!/^\d/.test(version) || isNamed(packages, place, name)) continue;
      const platform = platformOf(name);
      if (!platform.os) continue;
      added[`node_modules/${name}`] = {
        version,
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        ...platform,
      };
    }
  }
  const all = Object.entries({ ...packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { packages: Object.fromEntries(all), added: Object.keys(added) };
}
