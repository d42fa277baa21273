import { z } from 'zod';
import { done, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

export const theme = z.enum(['light', 'dark', 'system']);
export type Theme = z.infer<typeof theme>;

export const appOperations = defineOperations({
  'app:about': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      sqlite: z.string(),
      platform: z.string(),
    }),
    example: {},
    errors: [],
  },
  'app:getTheme': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: nothing,
    output: z.strictObject({ theme }),
    example: {},
    errors: [],
  },
  'app:setTheme': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: z.strictObject({ theme }),
    output: z.strictObject({ theme }),
    example: { theme: 'system' },
    errors: [],
  },
  'app:copyText': {
    kind: 'query',
    may: 'signed-in',
    shell: true,
    /** As long as a signature with its certificates is (PEM). */
    input: z.strictObject({ text: z.string().min(1).max(20_000) }),
    output: done,
    example: { text: 'copied' },
    errors: [],
  },
  /** Reports a fault of a screen into the program's own log: a name and where, never what was on the screen. */
  'app:reportFault': {
    kind: 'query',
    may: 'anyone',
    shell: true,
    input: z.strictObject({ name: z.string().max(100), where: z.string().max(4000) }),
    output: z.strictObject({ correlationId: z.string() }),
    example: { name: 'Error', where: 'in an example' },
    errors: [],
  },
});
