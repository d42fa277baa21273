import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';
export function benchQueue(_: Bench): Promise<readonly Figure[]> {
  return Promise.resolve([]);
}
