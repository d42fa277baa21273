import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from './failure.mjs';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Lets one set-up at a time work on a folder: two terminals in one clone must not both run npm.
 * @param {string} folder
 * @param {() => void} waiting called once when somebody else is at it
 * @returns {Promise<() => void>} call it when done
 */
export async function takeTurn(folder, waiting, patienceMs = 20 * 60_000) {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'setup.pid');
  const until = Date.now() + patienceMs;
  for (let told = false; ; ) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : Number.NaN);
    if (Number.isInteger(holder) && holder > 0 && !isAlive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > until) {
      throw new Refusal(
        `Another set-up (process ${holder}) has been at work for long.`,
        `End it, or delete ${file}.`,
      );
    }
    if (!told) waiting();
    told = true;
    await pause(250);
  }
}
