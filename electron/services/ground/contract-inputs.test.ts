import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, operationNames } from '../../contract/contract.ts';
import { MAX_INPUT_CHARACTERS } from '../../contract/operation.ts';

/** What JSON Schema says of an input, as far as the contract uses it. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
type Path = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const schemaOf = (input: z.ZodType): Schema =>
  JSON.parse(JSON.stringify(z.toJSONSchema(input, { io: 'input' })), (_key, value) => spread(value));

/** `type: ['boolean', 'null']` as alternatives, so that there is one way to say it. */
function spread(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || !Array.isArray(value.type))
    return value;
  return { anyOf: value.type.map((type: unknown) => ({ ...value, type })) };
}

/** Values that the schema takes. A pattern decides the text; a length alone leaves it to letters, so that trimming takes nothing. */
function valid(schema: Schema): fc.Arbitrary<Json> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valid));
  if (schema.const !== undefined) return fc.constant(schema.const as Json);
  if (schema.enum) return fc.constantFrom(...(schema.enum as Json[]));
  switch (schema.type) {
    case 'object': {
      if (!schema.properties) {
        const values = schema.additionalProperties;
        const each = typeof values === 'object' && values.enum ? valid(values) : fc.constant('Header');
        return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), each);
      }
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties).map(([k, s]) => [k, valid(s)])),
      ) as fc.Arbitrary<Json>;
    }
    case 'array': {
      const { minItems = 0, maxItems = minItems + 3 } = schema;
      const arrays = fc.array(valid(schema.items ?? {}), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + 3),
      });
      return arrays;
    }
    case 'string': {
      const { minLength = 0, maxLength = 200, pattern } = schema;
      if (pattern !== undefined)
        return fc
          .stringMatching(new RegExp(pattern))
          .filter(({ length }) => length >= minLength && length <= maxLength);
      return fc.stringMatching(/^[A-Za-z]*$/, { maxLength }).filter(({ length }) => length >= minLength);
    }
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

/** Every place of the schema, with the path of the value there. */
function* places(
  schema: Schema,
  path: Path = [],
): Generator<{ readonly path: Path; readonly schema: Schema }> {
  yield { path, schema };
  for (const each of alternatives(schema)) {
    for (const [key, child] of Object.entries(each.properties ?? {})) yield* places(child, [...path, key]);
    if (each.items) yield* places(each.items, [...path, 0]);
  }
}

/** The value with what is at the path replaced; null where this value has nothing there (a shorter list). */
function replaced(value: Json, path: Path, change: (at: Json | undefined) => Json): Json | null {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (Array.isArray(value)) {
    if (typeof first !== 'number' || value.length <= first) return null;
    const inner = replaced(value[first] ?? null, rest, change);
    return inner === null && rest.length > 0 ? null : value.with(first, inner);
  }
  if (typeof value !== 'object' || value === null) return null;
  const inner = replaced(value[first] ?? null, rest, change);
  return inner === null && rest.length > 0 ? null : { ...value, [first]: inner };
}

const alternatives = (schema: Schema): readonly Schema[] => schema.anyOf ?? schema.oneOf ?? [schema];
const takes = (schema: Schema, type: string): boolean =>
  alternatives(schema).some((each) => each.type === type || (type === 'string' && each.enum !== undefined));
const WRONG: readonly (readonly [type: string, value: Json])[] = [
  ['null', null],
  ['boolean', true],
  ['integer', 1],
  ['number', 1.5],
  ['string', '1'],
  ['array', []],
  ['object', { length: 1 }],
];

/** Throws where a text, a list or a number of the schema has no end, or an object takes keys it does not name. */
function checkBounds(input: z.ZodType, name = ''): void {
  for (const { path, schema: place } of places(schemaOf(input))) {
    const at = path.join('.') || '(input)';
    for (const each of alternatives(place)) {
      if (each.enum !== undefined || each.const !== undefined) continue;
      if (each.type === 'string')
        expect(boundedText(each, DOCUMENTS[`${name} ${at}`]), `${at}: text without an end`).toBe(true);
      if (each.type === 'array')
        expect(each.maxItems ?? Number.NaN, `${at}: list without an end`).toBeLessThanOrEqual(1000);
      if (each.type === 'integer')
        expect([each.minimum, each.maximum], `${at}: no end`).not.toContain(undefined);
      if (each.type === 'object') expect(closed(each), `${at}: an open object`).toBe(true);
      expect(each.type, `${at}: no end`).not.toBe('number');
    }
  }
}

/** Everything that is wrong in one place of a value that is right, with what is wrong about it. */
function* wrongs(
  value: Json,
  path: Path,
  place: Schema,
): Generator<readonly [why: string, wrong: Json | null]> {
  const put = (change: (at: Json | undefined) => Json) => replaced(value, path, change);
  const words = alternatives(place).some((each) => each.enum !== undefined);
  for (const [type, wrong] of WRONG) {
    if (takes(place, type) && !(words && type === 'string')) continue;
    yield [`a ${type}`, put(() => wrong)];
  }
  if (place.properties) {
    for (const key of ['extra', 'constructor'])
      yield [`the key ${key}`, put((at) => ({ ...(at as object), [key]: 'x' }) as Json)];
    for (const key of Object.keys(place.properties))
      yield [
        `no ${key}`,
        put((at) => Object.fromEntries(Object.entries(at as object).filter(([name]) => name !== key))),
      ];
  }
  for (const { type, maxLength, maxItems, pattern } of alternatives(place)) {
    if (type === 'string') yield ['endless text', put(() => 'x'.repeat(MAX_INPUT_CHARACTERS))];
    if (maxLength !== undefined && pattern === undefined)
      yield ['a letter too many', put(() => 'x'.repeat(maxLength + 1))];
    if (maxItems !== undefined)
      yield [
        'an item too many',
        put((at) => (Array.isArray(at) && at.length > 0 ? Array(maxItems + 1).fill(at[0]) : null)),
      ];
  }
}

/** Throws where the schema refuses what it says it takes, or takes something wrong. */
function checkRefusals(input: z.ZodType): void {
  const schema = schemaOf(input);
  fc.assert(
    fc.property(valid(schema), (value) => {
      const parsed = input.safeParse(value);
      if (!parsed.success) throw parsed.error;
      for (const { path, schema: place } of places(schema)) {
        for (const [why, wrong] of wrongs(value, path, place)) {
          if (wrong === null && !(path.length === 0 && why === 'a null')) continue;
          if (input.safeParse(wrong).success)
            throw new Error(`takes ${why} at ${path.join('.') || '(input)'}`);
        }
      }
    }),
    { numRuns: 25, includeErrorInReport: true },
  );
}

describe.each(operationNames.map((name) => ({ name })))('$name', ({ name }) => {
  it('bounds every text, list and number, and every object is closed', () => {
    checkBounds(contract[name].input, name);
  });

  it('takes what it says, and refuses an extra key, a missing one, a wrong type and an over-long text', () => {
    checkRefusals(contract[name].input);
  });
});

describe('the controls: the checks see a schema that is too loose', () => {
  it.each([
    ['an open object', z.object({ a: z.string().max(3) }).loose()],
    ['an open object', z.strictObject({ a: z.looseObject({ b: z.boolean() }) })],
    ['text without an end', z.strictObject({ a: z.string() })],
    ['text without an end', z.strictObject({ a: z.array(z.string().regex(/^[a-z]+$/)).max(5) })],
    ['list without an end', z.strictObject({ a: z.array(z.boolean()) })],
    ['no end', z.strictObject({ a: z.number() })],
  ])('%s', (why, input) => {
    expect(() => checkBounds(input)).toThrow(why);
  });

  it.each([
    ['takes the key extra', z.looseObject({ a: z.string().max(3) })],
    ['takes no a', z.strictObject({ a: z.boolean().optional() })],
    ['takes a null', z.strictObject({ a: z.coerce.string().max(9) })],
    ['takes', z.strictObject({ a: z.array(z.boolean()).max(3).catch([]) })],
  ])('%s', (why, input) => {
    expect(() => checkRefusals(input)).toThrow(why);
  });
});

/** A pattern without an end (`+`, `*`, `{2,}`) needs a length. */
/** Texts that hold a whole document, and how long each may be: far below what the registrar reads at all. */
const DOCUMENTS: Readonly<Record<string, number>> = {
  'drafts:keep value': 20_000,
  'security:changeCardSettings trustAnchors': 100_000,
  'app:copyText text': 20_000,
};

function boundedText({ maxLength, pattern }: Schema, most = 4096): boolean {
  return (
    (maxLength ?? Number.POSITIVE_INFINITY) <= most || (pattern !== undefined && !/[+*]|,\}/.test(pattern))
  );
}

function closed({ additionalProperties, propertyNames }: Schema): boolean {
  if (additionalProperties === false) return true;
  // A record: its keys and its values have an end, and the registrar's size limit ends their number.
  if (typeof additionalProperties !== 'object' || propertyNames === undefined) return false;
  const words = additionalProperties.enum !== undefined;
  return (words || boundedText(additionalProperties)) && boundedText(propertyNames);
}
