import { expect, it } from 'vitest';
import { looksLikeJson } from './one-forms.ts';

it.each([
  ['{"source":"Portal"', true],
  ['  {\n  "forms": []', true],
  ['[{"reference":1}]', true],
  ['{}', true],
  ['[OFFICIAL]\nReference,Submitted At', false],
  ['[Service Desk] OneForms,,', false],
  ['{draft} forms', false],
  ['Reference,Submitted At', false],
])('%j begins a file of JSON: %s', (head, is) => expect(looksLikeJson(head)).toBe(is));
