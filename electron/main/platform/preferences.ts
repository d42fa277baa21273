import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Theme } from '../../contract/app.contract.ts';

// By hand: the window waits for this, and loading zod takes longer than all the rest of its opening.
const THEMES: ReadonlySet<unknown> = new Set(['system', 'light', 'dark'] satisfies Theme[]);
const isTheme = (value: unknown): value is Theme => THEMES.has(value);

/** What this PC remembers outside the store: nothing but the look. */
export function readTheme(file: string): Theme {
  try {
    const { theme } = JSON.parse(readFileSync(file, 'utf8')) as { readonly theme?: unknown };
    return isTheme(theme) ? theme : 'system';
  } catch {
    return 'system';
  }
}

export function writeTheme(file: string, chosen: Theme): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ theme: chosen }));
}
