import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunFacts } from '../support/run.ts';

export function runFacts(): RunFacts {
  const text = process.env.ESR_DESK_RUN;
  if (text === undefined) throw new Error('This needs a run: start it by “vitest run --project e2e”.');
  return JSON.parse(text) as RunFacts;
}

export interface OwnFiles {
  readonly folder: string;
  /** Writes a file that the program's account may read, and answers its path. `inside`: a folder below. */
  readonly write: (name: string, content: string | Buffer, inside?: string) => string;
  /** Makes an empty folder. */
  readonly makeFolder: (name: string) => string;
}

/** A folder of the test's own, beside the program's home and never in it: what stands here was put here by the test. */
export function ownFiles(name: string): OwnFiles {
  const folder = mkdtempSync(path.join(runFacts().folder, `${name}-`));
  chmodSync(folder, 0o755);
  const makeFolder = (below: string): string => {
    const made = path.join(folder, below);
    mkdirSync(made, { recursive: true });
    chmodSync(made, 0o755);
    return made;
  };
  return {
    folder,
    makeFolder,
    write: (file, content, inside = '.') => {
      const at = path.join(makeFolder(inside), file);
      writeFileSync(at, content);
      chmodSync(at, 0o644);
      return at;
    },
  };
}
