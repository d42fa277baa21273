import type { CardStanding } from '../../contract/cards.contract.ts';
import type { IsoInstant } from '../../domain/dates.ts';

/** A port: X.509 (RFC 5280) and CMS (RFC 5652). Pure: it reads no file and no clock. */
export interface CertificateTools {
  /** Chooses the authentication certificate of a card by key usage, and judges it. */
  readonly judge: (
    certificates: readonly Uint8Array[],
    rules: CertificateRules,
    now: IsoInstant,
  ) => JudgedCard;
  /** Is this the certificate's key's signature over the message? Forms as in CardSignResult. */
  readonly verify: (certificate: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  /** SHA-256 of the public key (SubjectPublicKeyInfo): the same key in a renewed certificate gives the same. */
  readonly keyFingerprint: (certificate: Uint8Array) => Uint8Array;
  /** `rsa` signs the same message alike each time (PKCS#1 v1.5), so that a key can be derived from it; others do not. */
  readonly keyKind: (certificate: Uint8Array) => 'rsa' | 'other';
  /** Throws a plain sentence (Error.message) for what is no PEM certificate, naming which of them. */
  readonly readAnchors: (pem: string) => readonly AnchorFacts[];
  /** Throws a plain sentence for a rule that is none. */
  readonly checkSubjectRule: (rule: string) => void;
  /** Detached SignedData in DER, with signed attributes (content type, message digest, signing time, signing certificate v2). */
  readonly signText: (request: SignTextRequest) => Promise<Uint8Array>;
  readonly checkSignature: (request: CheckSignatureRequest) => Promise<CheckedSignature>;
  /** A P-256 key with a self-signed certificate that says it is an account's key and no card; for who signs by password. */
  readonly createAccountKey: (about: {
    readonly userId: string;
    readonly now: IsoInstant;
    /** 32 bytes; the caller wipes them. */
  }) => Promise<{ readonly certificate: Uint8Array; readonly privateScalar: Uint8Array }>;
  readonly signWithAccountKey: (
    key: { readonly certificate: Uint8Array; readonly privateScalar: Uint8Array },
    message: Uint8Array,
  ) => Uint8Array;
  readonly toPem: (label: 'CERTIFICATE' | 'CMS', der: Uint8Array) => string;
}

/** Read from the disk when the first card or signature asks for it: a start must not wait for ASN.1. */
export type LoadCertificates = () => Promise<CertificateTools>;

export interface CertificateRules {
  /** PEM, roots and those between. */
  readonly trustAnchors: string;
  /** See `cardSettings.subjectRule` of the contract. */
  readonly subjectRule: string;
  readonly revocationLists: readonly RevocationFile[];
}

/** A list as it was read, or why it could not be. */
export type RevocationFile =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  /** `since`: when it could last be read; null when never. */
  | { readonly state: 'unreachable'; readonly since: IsoInstant | null };

export interface JudgedCard {
  readonly standing: CardStanding;
  /** One plain sentence with the next step; empty when good. Names nobody. */
  readonly sentence: string;
  readonly uuid: string | null;
  readonly expiresAt: IsoInstant | null;
  /** Index into the certificates given; null where there is none to use. */
  readonly chosen: number | null;
  /** From the issuer of the chosen one up to the anchor, DER; empty where no chain was found. */
  readonly chain: readonly Uint8Array[];
}

export interface AnchorFacts {
  readonly subject: string;
  readonly expiresAt: IsoInstant;
}

export interface SignTextRequest {
  /** UTF-8; signed exactly so. */
  readonly text: string;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly at: IsoInstant;
  /** Signs the DER of the signed attributes with the certificate's key: SHA-256, forms as in CardSignResult. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

export interface CheckSignatureRequest {
  readonly text: string;
  readonly cms: Uint8Array;
  /** Null for an account key, whose own certificate must be `expected`. */
  readonly rules: CertificateRules | null;
  readonly expected: Uint8Array;
}

export interface CheckedSignature {
  readonly sound: boolean;
  /** As the signature itself says; null where it cannot be read. */
  readonly signedAt: IsoInstant | null;
  readonly uuid: string | null;
  /** What is wrong with it, plain; empty when sound. */
  readonly problem: string;
}
