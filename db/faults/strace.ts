import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The command that runs a child with a system call made to fail. `inject`: strace's own words, such as
 * "fsync,fdatasync:error=EIO:when=5"; `only` counts and fails the calls on that file alone. Throws where tracing is not allowed: a fault that is not delivered proves nothing.
 */
export function underStrace(trace: string, calls: string, inject?: string, only?: string): readonly string[] {
  const trial = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (trial.status !== 0) {
    const why = trial.error?.message ?? trial.stderr.trim();
    throw new Error(
      `Disk faults cannot be made here, so nothing is proved. Install strace and allow ptrace. (${why})`,
    );
  }
  return [
    'strace',
    '-f',
    '-qq',
    '-e',
    `trace=${calls}`,
    ...(only ? ['-P', only] : []),
    ...(inject ? ['-e', `inject=${inject}`] : []),
    '-o',
    trace,
  ];
}

/** How often the fault was delivered, and how often the calls were made at all. */
export function readTrace(trace: string): { readonly injected: number; readonly calls: number } {
  if (!existsSync(trace)) throw new Error('strace left no trace.');
  const lines = readFileSync(trace, 'utf8').split('\n');
  return {
    injected: lines.filter((line) => line.includes('(INJECTED)')).length,
    calls: lines.filter((line) => / = /.test(line)).length,
  };
}
