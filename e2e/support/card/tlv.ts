/** BER-TLV as cards write it (ISO/IEC 7816-4, 5.2.2): tags of one to three bytes, definite lengths. */

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
};

/** @param tag its bytes in hex, such as `5FC105` */
export function tlv(tag: string, ...values: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(values);
  return Buffer.concat([Buffer.from(tag, 'hex'), lengthOf(value.length), value]);
}

export interface Item {
  /** Upper-case hex. */
  readonly tag: string;
  readonly value: Buffer;
}

/** @throws for bytes that are no row of TLVs */
export function readTlvs(bytes: Buffer): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    if ((bytes.readUInt8(at++) & 0x1f) === 0x1f) while ((bytes.readUInt8(at++) & 0x80) !== 0);
    const tag = bytes.subarray(start, at).toString('hex').toUpperCase();
    const first = bytes.readUInt8(at++);
    const more = first > 0x80 ? first - 0x80 : 0;
    const length = more === 0 ? first : bytes.readUIntBE(at, more);
    at += more;
    if (at + length > bytes.length) throw new RangeError(`${tag} is longer than what holds it`);
    items.push({ tag, value: bytes.subarray(at, at + length) });
    at += length;
  }
  return items;
}
