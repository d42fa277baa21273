import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Theme, theme } from '../../contract/app.contract.ts';

const preferences = z.object({ theme: theme.default('system') });

/** What this PC remembers outside the store: nothing but the look. */
export function readTheme(file: string): Theme {
  try {
    return preferences.parse(JSON.parse(readFileSync(file, 'utf8'))).theme;
  } catch {
    return 'system';
  }
}

export function writeTheme(file: string, chosen: Theme): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ theme: chosen }));
}
