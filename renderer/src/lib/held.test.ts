import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { heldOf } from './held.ts';

it('keeps a value for the next screen and tells at once', () => {
  const client = new QueryClient();
  const held = heldOf(client, 'queue', { text: '' });
  const seen: string[] = [];
  const stop = held.subscribe(() => seen.push(held.get().text));
  held.change(() => ({ text: 'a' }));
  expect(seen).toEqual(['a']);
  stop();
  held.change(() => ({ text: 'b' }));
  expect(seen).toEqual(['a']);
  expect(heldOf(client, 'queue', { text: '' }).get().text).toBe('b');
});

it('forgets with everything else when the person goes', () => {
  const client = new QueryClient();
  heldOf(client, 'search', '').change(() => 'a name');
  client.clear();
  expect(heldOf(client, 'search', '').get()).toBe('');
});
