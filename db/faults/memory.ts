/** 32 bytes made by counting, so that parent and child need not send them to each other. */
export function makeKnownKey(): Uint8Array {
  const key = new Uint8Array(32);
  for (let i = 0, byte = 0x9d; i < key.length; i++, byte = (byte * 73 + 41) & 0xff) key[i] = byte;
  return key;
}
