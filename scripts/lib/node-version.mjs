import { Refusal } from './failure.mjs';

const NEEDED = [20, 19];

/** @param {string} version such as "20.20.2" */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Refuses a Node that is too old; must run before anything that an old Node would trip over. */
export function requireNode(version = process.versions.node) {
  if (isNewEnough(version)) return;
  throw new Refusal(
    `Node ${NEEDED.join('.')} or later is needed, and this is ${version}.`,
    'Install a current long-term release of Node, open a new terminal and run the same command again.',
  );
}
