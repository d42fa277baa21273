import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');
const styles = join(source, '..', '..', 'node_modules', '@mantine', 'core', 'styles');

/** Every file that comes with `file`: static imports, not those that are read when they are wanted. */
function cameWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export|\}) .*?from '(\.[^']+\.tsx?)';$/gm,
  ))
    cameWith(join(dirname(file), from), found);
  return found;
}

const importedFromMantine = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^import \{([^}]+)\} from '@mantine\/core';$/gm)].flatMap(
    ([, names = '']) => names.split(',').map((name) => name.trim()),
  );

it('the first styles cover every component that comes with the first file', () => {
  const first = readFileSync(join(source, 'ground', 'first-styles.ts'), 'utf8');
  const files = [...cameWith(join(source, 'main.tsx'))];
  const names = new Set(files.flatMap(importedFromMantine));
  const wanted = [...names].filter((name) => existsSync(join(styles, `${name}.layer.css`)));
  // The walk found the screen that it is about, and what that stands on.
  expect(files.some((file) => file.endsWith('sign-in-form.tsx'))).toBe(true);
  expect(wanted.length).toBeGreaterThan(8);
  expect(wanted.filter((name) => !first.includes(`/${name}.layer.css'`))).toEqual([]);
});

it('each first style is a file that Mantine has, once, and in the order of the whole', () => {
  const names = [
    ...readFileSync(join(source, 'ground', 'first-styles.ts'), 'utf8').matchAll(/styles\/(.+)\.layer\.css'/g),
  ].map(([, name = '']) => name);
  const whole = readFileSync(join(styles, '..', 'styles.layer.css'), 'utf8').replaceAll(/\s/g, '');
  const places = names.map((name) => {
    // The part inside the layer, without the braces around it.
    const part = readFileSync(join(styles, `${name}.layer.css`), 'utf8').replaceAll(/\s/g, '');
    return whole.indexOf(part.slice('@layermantine{'.length, -1).slice(0, 300));
  });
  expect(places.filter((place) => place < 0)).toEqual([]);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(names).size).toBe(names.length);
});
