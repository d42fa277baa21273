import { createHash } from 'node:crypto';
import fs from 'node:fs';

/** Hashes a file without reading it into memory at once. */
async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk);
  return hash.digest(encoding);
}

/** @returns {Promise<string>} lower-case hexadecimal SHA-256 */
export const sha256 = (file) => digest(file, 'sha256', 'hex');

/** @returns {Promise<string>} the form that npm writes: `sha512-` and base64 */
export const npmIntegrity = async (file) => `sha512-${await digest(file, 'sha512', 'base64')}`;
