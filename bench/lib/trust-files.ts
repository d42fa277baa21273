import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateSampleTrust } from '../../scripts/sample-trust/generate.ts';

export interface TrustFile {
  readonly file: string;
  /** What a person would say of it beside what the file says. */
  readonly options: object;
}

const SEED = 30_000;

/** Writes the generator's files of a trust, and answers those to import, in their order. */
export function writeTrustFiles(
  folder: string,
  { people, requests }: { readonly people: number; readonly requests: number },
): readonly TrustFile[] {
  const names: string[] = [];
  generateSampleTrust({ people, requests, seed: SEED }, (name, pieces) => {
    names.push(name);
    writeFileSync(path.join(folder, name), Buffer.concat([...pieces]), { mode: 0o644 });
  });
  const find = (pattern: RegExp): string => {
    const name = names.find((one) => pattern.test(one));
    if (name === undefined) throw new Error(`the generator wrote no ${pattern}`);
    return path.join(folder, name);
  };
  return [
    { file: find(/_GOF_/), options: {} },
    { file: find(/^holdings-1/), options: { startingPosition: true } },
    { file: find(/^as-numbers.*csv$/), options: {} },
    { file: find(/^training.*csv$/), options: {} },
    { file: find(/^one-?forms.*csv$/), options: {} },
    { file: find(/^one-?forms.*json$/), options: {} },
  ];
}
