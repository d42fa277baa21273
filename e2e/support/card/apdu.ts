/** A command to a card and its answer (ISO/IEC 7816-4, 5.1). */
export interface Apdu {
  readonly chained: boolean;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Buffer;
  /** How many bytes the reader takes at most; 0 when it asked for none. */
  readonly wanted: number;
}

/** Status words that the applet answers. */
export const STATUS = {
  done: 0x9000,
  wrongLength: 0x6700,
  securityNotSatisfied: 0x6982,
  blocked: 0x6983,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  wrongParameters: 0x6a86,
  keyNotFound: 0x6a88,
  unknownInstruction: 0x6d00,
} as const;

export interface Answer {
  readonly data: Buffer;
  readonly status: number;
}

export const status = (code: number): Answer => ({ data: Buffer.alloc(0), status: code });

/** @returns undefined for what is no command */
export function readApdu(bytes: Buffer): Apdu | undefined {
  if (bytes.length < 4) return undefined;
  const head = {
    chained: (bytes.readUInt8(0) & 0x10) !== 0,
    ins: bytes.readUInt8(1),
    p1: bytes.readUInt8(2),
    p2: bytes.readUInt8(3),
  };
  const body = bytes.subarray(4);
  const none = Buffer.alloc(0);
  if (body.length === 0) return { ...head, data: none, wanted: 0 };
  const first = body.readUInt8(0);
  if (body.length === 1) return { ...head, data: none, wanted: first || 256 };
  const extended = first === 0 && body.length > 2;
  const size = extended ? 3 : 1;
  if (extended && body.length === 3) return { ...head, data: none, wanted: body.readUInt16BE(1) || 65_536 };
  const length = extended ? body.readUInt16BE(1) : first;
  const rest = body.subarray(size + length);
  if (body.length < size + length || rest.length > 2) return undefined;
  const wanted =
    rest.length === 0 ? 0 : rest.length === 1 ? rest.readUInt8(0) || 256 : rest.readUInt16BE(0) || 65_536;
  return { ...head, data: body.subarray(size, size + length), wanted };
}
