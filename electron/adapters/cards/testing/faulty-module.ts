import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { softhsmModule } from './soft-token.ts';

/** The order is that of the C file's own list. */
const FAULTS = [
  'hangs-on-load',
  'hangs-on-slots',
  'hangs-on-sign',
  'crashes-on-load',
  'crashes-on-slots',
  'crashes-on-sign',
  'refuses',
  'refuses-to-sign',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyModule {
  readonly path: string;
  /** It has come to the place where it misbehaves. */
  readonly hasBegun: () => boolean;
}

const INCLUDES = resolve(import.meta.dirname, '../../../../node_modules/pkcs11js/includes');

/**
 * Compiles a real module with one fault into the folder; gcc is there because pkcs11js is compiled at set-up.
 * @param real the module that it leaves the rest to
 */
export function makeFaultyModule(dir: string, fault: Fault, real = softhsmModule()): FaultyModule {
  const path = join(dir, `${fault}.so`);
  const mark = join(dir, `${fault}.begun`);
  execFileSync('gcc', [
    ...['-shared', '-fPIC', '-I', INCLUDES, '-o', path],
    `-DFAULT=${FAULTS.indexOf(fault)}`,
    `-DMARK="${mark}"`,
    `-DREAL="${real}"`,
    join(import.meta.dirname, 'faulty-module.c'),
    '-ldl',
  ]);
  return { path, hasBegun: () => existsSync(mark) };
}
