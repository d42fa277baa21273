import { z } from 'zod';
import { instant, nothing } from './common.ts';
import { defineOperations } from './operation.ts';

export const homeOperations = defineOperations({
  'home:get': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({
      greetingName: z.string(),
      waiting: z.array(z.strictObject({ label: z.string(), count: z.int(), to: z.string() })),
      oldestWaitingDays: z.int().nullable(),
      openFindings: z.int(),
      recent: z.array(z.strictObject({ at: instant, sentence: z.string() })),
    }),
    example: {},
    errors: [],
  },
});
