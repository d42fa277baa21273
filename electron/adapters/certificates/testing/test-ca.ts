import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import * as forms from './asn1-forms.ts';

/**
 * A certificate authority for tests, all in memory: it issues to any public key (a token's, a card applet's), revokes and lists.
 * What it writes is ASN.1 put together field by field, so that a test can get any one of them wrong.
 */
export interface TestCa {
  readonly rootDer: Uint8Array;
  readonly rootPem: string;
  /** The intermediate where there is one; null otherwise. */
  readonly intermediateDer: Uint8Array | null;
  /** What goes into `trustAnchors`: the intermediate where there is one, then the root. */
  readonly chainPem: string;
  readonly issue: (request: IssueRequest) => Uint8Array;
  readonly issueForNewKey: (request: IssueForNewKeyRequest) => {
    readonly der: Uint8Array;
    readonly privateKey: KeyObject;
  };
  readonly revoke: (serial: bigint) => void;
  /** DER, by whoever issues: the intermediate where there is one. */
  readonly crl: (request: CrlRequest) => Uint8Array;
  /** The list of the root, in which an intermediate would stand; `revoked` serial numbers, none by default. */
  readonly rootCrl: (request: CrlRequest & { readonly revoked?: readonly bigint[] }) => Uint8Array;
}

export type TestKeyType = 'rsa' | 'p256';

export interface TestCaOptions {
  readonly name?: string;
  /** ISO instant: certificates begin a day before it by default. */
  readonly now: string;
  readonly keyType?: TestKeyType;
  readonly intermediate?: boolean;
  readonly rootUntil?: string;
  readonly intermediateUntil?: string;
  /** pathLenConstraint of the root. */
  readonly rootPathLength?: number;
  /** The intermediate's basicConstraints say CA; false for the test of one that is none. */
  readonly intermediateIsCa?: boolean;
  /** Without keyCertSign and cRLSign, for the test of one that may not issue. */
  readonly intermediateMaySign?: boolean;
  /** With keyCertSign, without cRLSign. */
  readonly intermediateMaySignLists?: boolean;
}

export type TestKeyUsage = 'authentication' | 'signing' | 'both' | 'encipherment' | 'none';

export interface CertificateWishes {
  /** `O=nhs,OU=People,CN=123456789012`, or a Name of `forms.nameOf`. */
  readonly subject: string | forms.Node;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** `none`: the extension is left out. */
  readonly keyUsage: TestKeyUsage;
  readonly extendedKeyUsage?: readonly string[];
  readonly serial?: bigint;
  readonly hash?: 'sha256' | 'sha384' | 'sha1';
  /** Further extensions, whole. */
  readonly extensions?: readonly forms.Node[];
}
export interface IssueRequest extends CertificateWishes {
  readonly publicKeySpkiDer: Uint8Array;
}
export interface IssueForNewKeyRequest extends CertificateWishes {
  readonly keyType?: TestKeyType | 'p384' | 'rsa1024';
}
export interface CrlRequest {
  readonly thisUpdate: string;
  /** Null: left out. */
  readonly nextUpdate: string | null;
  readonly extensions?: readonly forms.Node[];
  readonly entryExtensions?: readonly forms.Node[];
}

const DAY = 86_400_000;
/** keyUsage bits from the left: digitalSignature 0, nonRepudiation 1, keyEncipherment 2, keyCertSign 5, cRLSign 6. */
const USAGE_BITS: Readonly<Record<Exclude<TestKeyUsage, 'none'>, readonly [number, number]>> = {
  authentication: [0x80, 7],
  signing: [0x40, 6],
  both: [0xc0, 6],
  encipherment: [0x20, 5],
};

export function makeTestCa(options: TestCaOptions): TestCa {
  const name = options.name ?? 'Test Registration Authority';
  const keyType = options.keyType ?? 'rsa';
  const begun = shift(options.now, -365);
  const root = selfMade(name, keyType, begun, options);
  const between = options.intermediate ? makeIntermediate(root, name, keyType, begun, options) : null;
  const issuer = between ?? root;
  const revoked: bigint[] = [];
  let lastSerial = 1000n;

  const issue = (request: IssueRequest): Uint8Array =>
    certificate(issuer, {
      subject: typeof request.subject === 'string' ? forms.nameFromText(request.subject) : request.subject,
      spki: request.publicKeySpkiDer,
      serial: request.serial ?? ++lastSerial,
      notBefore: request.notBefore ?? shift(options.now, -1),
      notAfter: request.notAfter ?? shift(options.now, 730),
      hash: request.hash ?? 'sha256',
      extensions: [...leafExtensions(request), ...(request.extensions ?? [])],
    });

  return {
    rootDer: root.der,
    rootPem: toPem('CERTIFICATE', root.der),
    intermediateDer: between?.der ?? null,
    chainPem: [between, root].map((one) => (one ? toPem('CERTIFICATE', one.der) : '')).join(''),
    issue,
    issueForNewKey: (request) => {
      const pair = makeTestKey(request.keyType ?? 'rsa');
      return { der: issue({ ...request, publicKeySpkiDer: pair.spki }), privateKey: pair.privateKey };
    },
    revoke: (serial) => void revoked.push(serial),
    crl: (request) => revocationList(issuer, revoked, request),
    rootCrl: (request) => revocationList(root, request.revoked ?? [], request),
  };
}

export function makeTestKey(keyType: TestKeyType | 'p384' | 'rsa1024'): {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly spki: Uint8Array;
} {
  const pair =
    keyType === 'rsa' || keyType === 'rsa1024'
      ? generateKeyPairSync('rsa', { modulusLength: keyType === 'rsa' ? 2048 : 1024 })
      : generateKeyPairSync('ec', { namedCurve: keyType === 'p384' ? 'P-384' : 'P-256' });
  return { ...pair, spki: new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })) };
}

/** A certificate that its own key signed: what somebody makes at home. */
export function selfSigned(wishes: CertificateWishes & { readonly now: string }): {
  readonly der: Uint8Array;
  readonly privateKey: KeyObject;
} {
  const pair = makeTestKey('rsa');
  const subject = typeof wishes.subject === 'string' ? forms.nameFromText(wishes.subject) : wishes.subject;
  const der = certificate(
    { name: subject, key: pair.privateKey },
    {
      subject,
      spki: pair.spki,
      serial: wishes.serial ?? 1n,
      notBefore: wishes.notBefore ?? shift(wishes.now, -1),
      notAfter: wishes.notAfter ?? shift(wishes.now, 730),
      hash: 'sha256',
      extensions: leafExtensions(wishes),
    },
  );
  return { der, privateKey: pair.privateKey };
}

/** The serial number of a certificate, for `revoke`. */
export function serialOf(der: Uint8Array): bigint {
  return BigInt(`0x${new X509Certificate(der).serialNumber}`);
}

export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** One entry of the extensions: `value` is the extension's own DER. */
export function extension(id: string, critical: boolean, value: forms.Node): forms.Node {
  return forms.seq(
    forms.oid(id),
    ...(critical ? [forms.bool(true)] : []),
    forms.octets(forms.bytesOf(value)),
  );
}

interface Issuer {
  readonly name: forms.Node;
  readonly key: KeyObject;
}
interface Authority extends Issuer {
  readonly der: Uint8Array;
}

function selfMade(name: string, keyType: TestKeyType, begun: string, options: TestCaOptions): Authority {
  const pair = makeTestKey(keyType);
  const subject = forms.nameOf(['O', 'nhs'], ['CN', name]);
  const der = certificate(
    { name: subject, key: pair.privateKey },
    {
      subject,
      spki: pair.spki,
      serial: 1n,
      notBefore: begun,
      notAfter: options.rootUntil ?? shift(options.now, 3650),
      hash: 'sha256',
      extensions: authorityExtensions(true, 'all', options.rootPathLength),
    },
  );
  return { name: subject, key: pair.privateKey, der };
}

function makeIntermediate(
  root: Authority,
  name: string,
  keyType: TestKeyType,
  begun: string,
  options: TestCaOptions,
): Authority {
  const pair = makeTestKey(keyType);
  const subject = forms.nameOf(['O', 'nhs'], ['CN', `${name} Level 1`]);
  const der = certificate(root, {
    subject,
    spki: pair.spki,
    serial: 2n,
    notBefore: begun,
    notAfter: options.intermediateUntil ?? shift(options.now, 1825),
    hash: 'sha256',
    extensions: intermediateExtensions(options),
  });
  return { name: subject, key: pair.privateKey, der };
}

function intermediateExtensions(options: TestCaOptions): forms.Node[] {
  const may = options.intermediateMaySign === false ? 'nothing' : 'all';
  const usage = options.intermediateMaySignLists === false ? 'certificates' : may;
  return authorityExtensions(options.intermediateIsCa ?? true, usage, 0);
}

/** keyCertSign and cRLSign; keyCertSign alone; digitalSignature in their place. */
const AUTHORITY_BITS = { all: [0x06, 1], certificates: [0x04, 2], nothing: [0x80, 7] } as const;

function authorityExtensions(
  isCa: boolean,
  usage: keyof typeof AUTHORITY_BITS,
  pathLength: number | undefined,
): forms.Node[] {
  const limits = pathLength === undefined || !isCa ? [] : [forms.integer(BigInt(pathLength))];
  const [byte, unused] = AUTHORITY_BITS[usage];
  return [
    extension('2.5.29.19', true, forms.seq(...(isCa ? [forms.bool(true), ...limits] : []))),
    extension('2.5.29.15', true, forms.bits(Uint8Array.of(byte), unused)),
  ];
}

function leafExtensions(wishes: CertificateWishes): forms.Node[] {
  const found: forms.Node[] = [];
  if (wishes.keyUsage !== 'none') {
    const [byte, unused] = USAGE_BITS[wishes.keyUsage];
    found.push(extension('2.5.29.15', true, forms.bits(Uint8Array.of(byte), unused)));
  }
  if (wishes.extendedKeyUsage) {
    found.push(extension('2.5.29.37', false, forms.seq(...wishes.extendedKeyUsage.map(forms.oid))));
  }
  return found;
}

interface CertificateFields {
  readonly subject: forms.Node;
  readonly spki: Uint8Array;
  readonly serial: bigint;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly hash: 'sha256' | 'sha384' | 'sha1';
  readonly extensions: readonly forms.Node[];
}

function certificate(issuer: Issuer, fields: CertificateFields): Uint8Array {
  const algorithm = (): forms.Node => signatureAlgorithm(issuer.key, fields.hash);
  const body = forms.seq(
    forms.explicit(0, forms.integer(2n)),
    forms.integer(fields.serial),
    algorithm(),
    issuer.name,
    forms.seq(forms.time(new Date(fields.notBefore)), forms.time(new Date(fields.notAfter))),
    fields.subject,
    forms.raw(fields.spki),
    ...(fields.extensions.length === 0 ? [] : [forms.explicit(3, forms.seq(...fields.extensions))]),
  );
  return signed(body, algorithm(), issuer.key, fields.hash);
}

function revocationList(issuer: Issuer, revoked: readonly bigint[], request: CrlRequest): Uint8Array {
  const since = forms.time(new Date(request.thisUpdate));
  const entries = revoked.map((serial) =>
    forms.seq(
      forms.integer(serial),
      since,
      ...(request.entryExtensions ? [forms.seq(...request.entryExtensions)] : []),
    ),
  );
  const extensions = [extension('2.5.29.20', false, forms.integer(7n)), ...(request.extensions ?? [])];
  const body = forms.seq(
    forms.integer(1n),
    signatureAlgorithm(issuer.key, 'sha256'),
    issuer.name,
    since,
    ...(request.nextUpdate === null ? [] : [forms.time(new Date(request.nextUpdate))]),
    ...(entries.length === 0 ? [] : [forms.seq(...entries)]),
    forms.explicit(0, forms.seq(...extensions)),
  );
  return signed(body, signatureAlgorithm(issuer.key, 'sha256'), issuer.key, 'sha256');
}

function signed(body: forms.Node, algorithm: forms.Node, key: KeyObject, hash: string): Uint8Array {
  const signature = sign(hash, forms.bytesOf(body), key);
  return forms.bytesOf(forms.seq(body, algorithm, forms.bits(signature)));
}

const SIGNATURE_IDS = {
  rsa: {
    sha1: '1.2.840.113549.1.1.5',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
  },
  ec: { sha1: '1.2.840.10045.4.1', sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3' },
} as const;

function signatureAlgorithm(key: KeyObject, hash: 'sha256' | 'sha384' | 'sha1'): forms.Node {
  const isRsa = createPublicKey(key).asymmetricKeyType === 'rsa';
  const id = forms.oid(SIGNATURE_IDS[isRsa ? 'rsa' : 'ec'][hash]);
  return isRsa ? forms.seq(id, forms.nil()) : forms.seq(id);
}

function shift(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY).toISOString();
}
