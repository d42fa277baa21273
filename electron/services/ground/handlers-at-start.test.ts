import { describe, expect, it } from 'vitest';
import { contract, operationNames } from '../../contract/contract.ts';
import { type ActingSession, type BuiltArea, createGround, createHandlers } from './handlers.ts';

const session = {} as ActingSession;
const ground = createGround({ clock: { now: () => '', today: () => '' } as never, session });
const answered = (() => undefined) as never;
const signed = { toSign: answered, decide: answered } as never;

/** Every area whole, as far as a start looks. */
function wholeAreas(): Map<string, Record<string, BuiltArea['handlers'][string]>> {
  const areas = new Map<string, Record<string, BuiltArea['handlers'][string]>>();
  for (const name of operationNames) {
    if ('shell' in contract[name]) continue;
    const [area = ''] = name.split(':');
    const handlers = areas.get(area) ?? {};
    handlers[name] = 'signs' in contract[name] ? signed : answered;
    areas.set(area, handlers);
  }
  return areas;
}
const start = (areas: ReturnType<typeof wholeAreas>) =>
  createHandlers(
    [...areas].map(([name, handlers]) => ({ name, handlers })),
    ground,
    session,
    async () => null,
  );

describe('the program', () => {
  it('starts where each operation is answered once, by its own area', () => {
    expect(Object.keys(start(wholeAreas()))).toHaveLength(
      operationNames.filter((name) => !('shell' in contract[name])).length,
    );
  });

  it.each<[string, (areas: ReturnType<typeof wholeAreas>) => void, string]>([
    [
      'a decision that is signed is a plain handler, which would hold the gate while it asks the card',
      (areas) => Object.assign(areas.get('requests') ?? {}, { 'requests:approve': answered }),
      'requests:approve signs, and is no signed step',
    ],
    [
      'a signed step stands where the contract knows of no signature',
      (areas) => Object.assign(areas.get('requests') ?? {}, { 'requests:key': signed }),
      'requests:key is a signed step, and signs nothing',
    ],
    ['an operation is nobody’s', (areas) => void areas.delete('home'), 'No area answers home:get'],
    [
      'an area answers for another',
      (areas) => Object.assign(areas.get('views') ?? {}, { 'home:get': answered }),
      'home:get is answered by the area views',
    ],
  ])('does not start where %s', (_, spoil, words) => {
    const areas = wholeAreas();
    spoil(areas);
    expect(() => start(areas)).toThrow(words);
  });

  it('does not start where an operation is answered twice', () => {
    const [home] = [...wholeAreas()].map(([name, handlers]) => ({ name, handlers }));
    if (home === undefined) throw new Error('no area');
    expect(() => createHandlers([home, home], ground, session, async () => null)).toThrow(
      'is answered twice',
    );
  });
});

it('what an operation touches are areas', () => {
  const areas = new Set(operationNames.map((name) => name.split(':')[0]));
  for (const name of operationNames) {
    const operation = contract[name];
    if ('touches' in operation)
      for (const area of operation.touches as readonly string[]) expect(areas, name).toContain(area);
  }
});
