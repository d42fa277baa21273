import fs from 'node:fs';
import path from 'node:path';
import { completeLock } from './lib/lock.mjs';
import { root } from './lib/paths.mjs';

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
const { packages, added } = completeLock(lock.packages);
if (added.length > 0) fs.writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(
  added.length > 0
    ? `Added to package-lock.json:\n  ${added.join('\n  ')}`
    : 'package-lock.json is complete.',
);
