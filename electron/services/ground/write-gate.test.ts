import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWriteGate } from './write-gate.ts';

it('never lets two hold it, serves in order, and a holder that fails lets go', async () => {
  const piece = fc.record({
    how: fc.constantFrom('hold', 'fail', 'throw', 'acquire'),
    work: fc.constantFrom('one', 'two', 'three'),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(piece, { maxLength: 12 }), async (scheduler, pieces) => {
      const gate = createWriteGate();
      let inside = 0;
      const order: number[] = [];
      const work = async (at: number, label: string, fails: boolean) => {
        inside += 1;
        expect(inside).toBe(1);
        order.push(at);
        await scheduler.schedule(Promise.resolve(), label);
        expect(inside).toBe(1);
        inside -= 1;
        if (fails) throw new Error('failed');
        return at;
      };
      const started = pieces.map(async ({ how, work: label }, at) => {
        if (how === 'throw') {
          return gate.hold(() => {
            order.push(at);
            throw new Error('failed');
          });
        }
        if (how !== 'acquire') return gate.hold(() => work(at, label, how === 'fail'));
        const { release } = await gate.acquire();
        try {
          return await work(at, label, false);
        } finally {
          release();
          release();
        }
      });
      const all = Promise.allSettled(started);
      await scheduler.waitFor(all);
      const results = await all;
      expect(order).toEqual(pieces.map((_, at) => at));
      results.forEach((result, at) => {
        const fails = pieces[at]?.how === 'fail' || pieces[at]?.how === 'throw';
        expect(result).toMatchObject(fails ? { status: 'rejected' } : { status: 'fulfilled', value: at });
      });
    }),
  );
});
