import fs from 'node:fs';

/** A set-up step that cannot be done: one sentence saying what happened, one saying how to mend it. */
export class Refusal extends Error {
  constructor(sentence, mend) {
    super(sentence);
    this.name = 'Refusal';
    this.mend = mend;
  }
}

const CAUSES = [
  {
    cause: 'disk',
    pattern: /ENOSPC|EDQUOT|no space left/i,
    sentence: 'the disk is full',
    mend: 'Free at least 2 GB where the project lies (and in the temporary folder), then run the same command again.',
  },
  {
    cause: 'permission',
    pattern: /EACCES|EPERM|EROFS|permission denied|read-only file system|operation not permitted/i,
    sentence: 'permission was refused',
    mend: 'Make the project folder (and npm’s cache) writable for this user, then run the same command again.',
  },
  {
    cause: 'lock',
    pattern: /EUSAGE|not in sync|from lock file/i,
    sentence: 'package-lock.json does not describe what package.json asks for',
    mend: 'Run “npm install” and then “npm run lock”, commit package-lock.json, and run the same command again.',
  },
  {
    cause: 'integrity',
    pattern: /EINTEGRITY|integrity/i,
    sentence: 'a downloaded package is not the one that was recorded',
    mend: 'Run “npm cache clean --force” and try again; if it happens twice, report it before using this machine.',
  },
  {
    cause: 'certificate',
    pattern: /SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_[A-Z_]+|certificate/i,
    sentence: 'the other side’s certificate is not one that this machine trusts',
    mend: 'Where a proxy inspects connections, set NODE_EXTRA_CA_CERTS to its certificate file, then run the same command again.',
  },
  {
    cause: 'network',
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|fetch failed|ENOTCACHED|UND_ERR|network|Could not resolve|Failed to fetch|timed out/i,
    sentence: 'the network could not be reached',
    mend: 'Check the connection (and the proxy, if there is one), then run the same command again.',
  },
];

/**
 * Finds the plain cause behind a tool's output.
 * @param {string} text what the tool printed, or an error's code and message
 * @returns {{cause: 'disk'|'permission'|'lock'|'integrity'|'certificate'|'network'|'unknown', sentence: string, mend: string}}
 */
export function explainFailure(text) {
  const found = CAUSES.find((entry) => entry.pattern.test(text));
  if (found) return { cause: found.cause, sentence: found.sentence, mend: found.mend };
  const last = text.trim().split('\n').filter(Boolean).at(-1) ?? 'it stopped without a word';
  return {
    cause: 'unknown',
    sentence: last.slice(0, 300),
    mend: 'Mend what the line above names, then run the same command again.',
  };
}

/** Turns whatever was thrown while doing `what` into a Refusal that a person can act on. */
export function asRefusal(what, error) {
  if (error instanceof Refusal) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const { sentence, mend } = explainFailure(`${code} ${message}`);
  const where = typeof error === 'object' && error !== null && 'path' in error ? ` (${error.path})` : '';
  return new Refusal(`${what}: ${sentence}${where}.`, mend);
}

/** Prints a refusal as its two sentences, or a bug with its stack, and sets the exit code. */
export function endWith(error) {
  if (error instanceof Refusal) {
    console.error(`\n${error.message}\n${error.mend}`);
  } else {
    console.error(error);
  }
  process.exitCode = 1;
}

/**
 * Refuses before the work rather than in the middle of it: npm has been seen to run out of disk and report success.
 * @param {number} neededMegabytes
 */
export function requireSpace(folder, neededMegabytes, what) {
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free >= neededMegabytes) return;
  throw new Refusal(
    `${what} needs ${neededMegabytes} MB of disk, and ${free} MB are free in ${folder}.`,
    'Free some space there, then run the same command again.',
  );
}
