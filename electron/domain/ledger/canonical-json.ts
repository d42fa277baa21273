/**
 * RFC 8785 (JSON Canonicalization Scheme) for the values this program puts in its ledger. Two writers of one event
 * must produce one text, because the hash is over the text; so whatever has more than one reading is refused.
 */
import { utf8 } from './bytes.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A value that has no canonical form. Names the place (`$.detail.items[2]`), never the value. */
export class NotCanonicalError extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'NotCanonicalError';
    this.path = path;
  }
}

/** Deep enough for anything we write; a cycle ends here with a path in place of a stack overflow. */
const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Canonical text. Throws {@link NotCanonicalError}. */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** Canonical text as UTF-8. Throws {@link NotCanonicalError}. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new NotCanonicalError(path, 'nested too deeply, or in a circle');
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value)) throw new NotCanonicalError(path, 'only safe integers are allowed');
      return value === 0 ? '0' : String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      throw new NotCanonicalError(path, `a value of type ${typeof value} has no canonical form`);
  }
}

// JSON.stringify already escapes exactly as RFC 8785 §3.2.2.2 asks, once lone surrogates are out of the way.
function writeString(text: string, path: string): string {
  if (LONE_SURROGATE.test(text)) throw new NotCanonicalError(path, 'text with a lone surrogate');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  const written: string[] = [];
  for (let i = 0; i < items.length; i += 1) written.push(write(items[i], `${path}[${i}]`, depth + 1));
  return `[${written.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotCanonicalError(path, 'only plain objects are allowed');
  }
  if (Object.getOwnPropertySymbols(value).length > 0) throw new NotCanonicalError(path, 'a symbol as a key');
  const fields = value as Readonly<Record<string, unknown>>;
  // The default sort compares UTF-16 code units, which is what RFC 8785 §3.2.3 prescribes.
  const written = Object.keys(fields)
    .sort()
    .map(
      (key) => `${writeString(key, `${path} (a key)`)}:${write(fields[key], `${path}.${key}`, depth + 1)}`,
    );
  return `{${written.join(',')}}`;
}
