import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What one side of a comparison took, run by run. */
export interface Side {
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'per s';
  readonly values: readonly number[];
}

/**
 * One line of the table. `ratio`: `ours` over `theirs`, each the median of its runs, taken in turn within this run of the benchmark.
 * `p95`: the 95th of 100 of `ours`, in its own unit.
 */
export interface Figure {
  readonly name: string;
  readonly judged: 'ratio' | 'p95';
  readonly ours: Side;
  readonly theirs?: Side;
  /** The most that it may be; null is told and not judged. */
  readonly target: number | null;
  readonly note?: string;
}

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

/** The value that `share` of all do not exceed (nearest rank). */
export const quantile = (values: readonly number[], share: number): number => {
  const all = sorted(values);
  return all[Math.max(0, Math.ceil(share * all.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const all = sorted(values);
  const half = all.length / 2;
  return Number.isInteger(half)
    ? ((all[half - 1] ?? Number.NaN) + (all[half] ?? Number.NaN)) / 2
    : (all[Math.floor(half)] ?? Number.NaN);
};

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const describe = ({ what, unit, values }: Side) => ({
  what,
  unit,
  runs: values.length,
  median: round(median(values)),
  min: round(Math.min(...values)),
  max: round(Math.max(...values)),
  values: values.map((value) => round(value, 2)),
});

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly judged: Figure['judged'];
  readonly target: number | null;
  readonly met: boolean | null;
  readonly ours: ReturnType<typeof describe>;
  readonly theirs: ReturnType<typeof describe> | null;
  readonly note: string | null;
}

export function judge(figure: Figure): Result {
  const { ours, theirs, target } = figure;
  const value =
    figure.judged === 'p95'
      ? quantile(ours.values, 0.95)
      : median(ours.values) / (theirs === undefined ? Number.NaN : median(theirs.values));
  return {
    name: figure.name,
    value: round(value, 2),
    judged: figure.judged,
    target,
    met: target === null ? null : value <= target,
    ours: describe(ours),
    theirs: theirs === undefined ? null : describe(theirs),
    note: figure.note ?? null,
  };
}

const side = (one: ReturnType<typeof describe> | null): string =>
  one === null ? '' : `${one.median} ${one.unit} (${one.min}–${one.max}, ${one.runs}×) ${one.what}`;

/** The table as Markdown, which a terminal shows as well as a document does. */
export function table(results: readonly Result[]): string {
  const rows = results.map((r) => [
    r.name,
    r.judged === 'p95' ? `p95 ${r.value} ${r.ours.unit}` : String(r.value),
    r.target === null ? 'no target' : `≤ ${r.target}`,
    r.met === null ? '–' : r.met ? 'met' : '**not met**',
    side(r.ours),
    side(r.theirs),
  ]);
  const all = [['what', 'result', 'target', '', 'ours: median (min–max)', 'compared with'], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) => `| ${row.map((c, i) => c.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(all[0] ?? []), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}

const load = (): readonly number[] =>
  readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).map(Number);
export const loadNow = (): readonly number[] => (process.platform === 'linux' ? load() : os.loadavg());

/** Writes what was measured, on what, and under which load; answers the file. */
export function writeResults(
  folder: string,
  at: Date,
  facts: { readonly loadBefore: readonly number[]; readonly options: object },
  results: readonly Result[],
): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${at.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  const machine = {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model ?? '',
    platform: `${process.platform} ${process.arch}`,
    electron: process.versions.electron ?? '',
    node: process.versions.node,
  };
  const all = { at: at.toISOString(), machine, loadAfter: loadNow(), ...facts, results };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  return file;
}
