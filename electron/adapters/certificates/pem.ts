/** What a person pastes or a file holds: PEM blocks with any text around them (RFC 7468). */

/** Its message is for the person and never repeats what was pasted. */
export class UnreadableText extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UnreadableText';
  }
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The certificates in order, each with its place counted from 1. Throws UnreadableText. Empty text has none. */
export function certificateBlocks(pem: string): readonly Uint8Array[] {
  if (/PRIVATE KEY/.test(pem)) {
    throw new UnreadableText(
      'There is a private key in this text. Take it out, paste the certificates only, and treat that key as no longer secret.',
    );
  }
  if (pem.trim() === '') return [];
  const begun = pem.match(/-----BEGIN /g)?.length ?? 0;
  const blocks = [...pem.matchAll(BLOCK)];
  if (begun === 0) {
    throw new UnreadableText(
      'There is no certificate in this text. Paste it in PEM form, beginning with -----BEGIN CERTIFICATE-----.',
    );
  }
  const found = blocks.map((block, index) => {
    if (block[1] !== 'CERTIFICATE') {
      throw new UnreadableText(`Part ${index + 1} is not a certificate. Take it out and try again.`);
    }
    return decode(block[2] ?? '', `Certificate ${index + 1}`);
  });
  if (found.length !== begun) {
    throw new UnreadableText(
      `One of the ${begun} certificates is cut off or damaged: only ${found.length} can be read. Paste them again.`,
    );
  }
  return found;
}

/** The DER of a revocation list given as DER or as PEM; null where it is neither. */
export function derOfList(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] === 0x30) return bytes;
  const text = new TextDecoder('latin1').decode(bytes);
  const block = [...text.matchAll(BLOCK)].find((one) => one[1] === 'X509 CRL');
  return block ? new Uint8Array(Buffer.from(block[2] ?? '', 'base64')) : null;
}

export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function decode(base64: string, what: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length === 0) throw new UnreadableText(`${what} is empty. Paste it again.`);
  return bytes;
}
