/**
 * Zeroed bytes for a key, outside the engine's heap: a typed array of 64 bytes or fewer lies within it otherwise (also what
 * `Buffer.alloc` and `randomBytes` give), where the collector moves it and leaves its old place as it was, beyond any wiping.
 */
export function secretBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}
