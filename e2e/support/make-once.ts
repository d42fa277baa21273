import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Makes a folder once a run, by whichever test asks for it first; the others, of other processes, wait until it is whole.
 * @param folder of the run
 * @param make fills the folder that it is given
 * @returns where it lies
 */
export async function makeOnce(
  folder: string,
  name: string,
  make: (at: string) => Promise<void>,
): Promise<string> {
  const made = path.join(folder, name);
  if (existsSync(made)) return made;
  const failed = `${made}.failed`;
  try {
    mkdirSync(`${made}.turn`);
  } catch {
    for (; !existsSync(made); await pause(20)) {
      if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    }
    return made;
  }
  try {
    const making = `${made}.making`;
    mkdirSync(making);
    await make(making);
    renameSync(making, made);
    return made;
  } catch (error) {
    writeFileSync(failed, `The prepared home “${name}” could not be made: ${String(error)}`);
    throw error;
  }
}
