/** A word that no answer and no log may ever repeat. */
export const MARKER = 'HOSTILE-5e0f-MARKER';

export interface Outcome {
  readonly attempt: string;
  /** The code of a refusal; `ok` when it was let through; else what was wrong with the answer itself. */
  readonly said: string;
}

/**
 * Throws everything at one operation of the global `api` and answers what each was told. It also runs in the page, so it must not use
 * anything from outside itself.
 */
export async function throwEverything({
  name,
  valid,
  marker,
}: {
  readonly name: string;
  readonly valid: Readonly<Record<string, unknown>>;
  readonly marker: string;
}): Promise<Outcome[]> {
  const [area = '', verb = ''] = name.split(':');
  const { api, document } = globalThis as unknown as {
    readonly api: Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
    readonly document?: { readonly body: unknown };
  };
  const long = `${marker}${'x'.repeat(300 * 1024)}`;
  const deep = (levels: number): unknown => {
    let value: unknown = marker;
    for (let level = 0; level < levels; level += 1) value = { inner: value };
    return value;
  };
  const cyclic: Record<string, unknown> = { marker };
  cyclic.self = cyclic;
  const holes: unknown[] = [marker];
  holes.length = 60_000;
  const takesNothing = Object.keys(valid).length === 0;
  const attempts: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['a number', 7],
    ['NaN', Number.NaN],
    ['a BigInt', 7n],
    ['text', marker],
    ['an empty text', ''],
    ['a path', '/etc/passwd'],
    ['a list', [marker]],
    ['a list of the input', [valid]],
    ['bytes', new Uint8Array(64)],
    ['300 KB of text', long],
    ['a list with 60,000 holes', holes],
    ['an object without the keys', takesNothing ? { x: marker } : {}],
    ['60 levels', deep(60)],
    ['5,000 levels', deep(5_000)],
    ['a circle', cyclic],
    ['the input in a circle', Object.assign(Object.create(null), valid, { extra: cyclic })],
    ['an extra key', { ...valid, extra: marker }],
    ['a key that tells', { ...valid, [marker]: 1 }],
    ['an extra key of 300 KB', { ...valid, extra: long }],
    ['a key of 300 KB', { ...valid, [long]: 1 }],
    ['a polluting key', JSON.parse(`{ "__proto__": { "polluted": "${marker}" }, "x": 1 }`)],
    [
      'a polluting key beside the input',
      Object.assign(JSON.parse('{ "__proto__": { "polluted": 1 } }'), valid, { x: 1 }),
    ],
    ['a constructor', { ...valid, constructor: { prototype: { polluted: marker } } }],
    ['a function', { ...valid, extra: () => marker }],
    ['a function alone', () => marker],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve(valid)],
    ['a path under the file’s name', { ...valid, path: `/etc/${marker}`, file: marker }],
  ];
  // The bridge turns these into plain empty objects, which is just what an operation without input is to be given.
  if (!takesNothing) {
    attempts.push(
      ['a date', new Date(0)],
      ['a map', new Map([[marker, marker]])],
      ['a pattern', /x/],
      ['a node of the page', document?.body ?? (() => marker)],
    );
  }
  for (const key of Object.keys(valid)) {
    const without: Record<string, unknown> = { ...valid };
    delete without[key];
    attempts.push([`without ${key}`, without]);
    const wrong = [
      [[marker]],
      { inner: { inner: marker } },
      long,
      -1e308,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      7n,
      deep(200),
    ];
    for (const [index, value] of wrong.entries()) {
      attempts.push([`${key} wrong in way ${index}`, { ...valid, [key]: value }]);
    }
  }
  const look = (answer: unknown): string => {
    if (typeof answer !== 'object' || answer === null) return `no envelope but ${typeof answer}`;
    if (JSON.stringify(answer).includes(marker)) return 'echoed';
    const { ok, code, message, correlationId } = answer as Record<string, unknown>;
    if (ok === true) return 'ok';
    const whole = ok === false && typeof code === 'string' && typeof message === 'string' && message !== '';
    return whole && typeof correlationId === 'string' && correlationId.length === 36
      ? code
      : 'half an envelope';
  };
  const outcomes: Outcome[] = [];
  for (const [attempt, input] of attempts) {
    let said: string;
    try {
      said = look(await api[area]?.[verb]?.(input));
    } catch (error) {
      // What the bridge itself cannot carry never leaves the page; it may not be repeated by anybody on the way either.
      said = String(error).includes(marker) ? 'echoed' : 'not carried';
    }
    outcomes.push({ attempt, said });
  }
  if ('polluted' in {}) outcomes.push({ attempt: 'afterwards', said: 'the page is polluted' });
  return outcomes;
}
