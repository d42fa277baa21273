import { createHash } from 'node:crypto';
import fs from 'node:fs';

/**
 * One hash for everything that set-up's result depends on: when it is unchanged, and the files it points at are still
 * there, there is nothing to do.
 * @param {Readonly<Record<string, string>>} parts named texts, in any order
 * @returns {string} hexadecimal SHA-256
 */
export function stampOf(parts) {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) hash.update(JSON.stringify([name, parts[name]]));
  return hash.digest('hex');
}

/**
 * What is looked at instead of a hash of 200 MB at every start: size and time of last change.
 * @returns {{size: number, modified: number} | undefined} undefined when the file is not there
 */
export function fingerprint(file) {
  try {
    const found = fs.statSync(file);
    return { size: found.size, modified: Math.trunc(found.mtimeMs) };
  } catch {
    // Not there, or (in a clone that was copied from another account's) not ours to look at: the same to set-up.
    return undefined;
  }
}

/** @param {{size: number, modified: number} | undefined} recorded */
export function isUntouched(file, recorded) {
  const now = fingerprint(file);
  return Boolean(now && recorded && now.size === recorded.size && now.modified === recorded.modified);
}

/** Reads a JSON record that may be missing or torn; both mean that the work has to be done again. */
export function readRecord(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes a record so that a reader sees the old one or the new one, never half of it. */
export function writeRecord(file, text) {
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, text);
  fs.renameSync(beside, file);
}
