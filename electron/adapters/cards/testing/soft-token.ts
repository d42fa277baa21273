import { createPublicKey, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pkcs11js from 'pkcs11js';

/**
 * A real token in software (SoftHSM2, Debian's `softhsm2`) for tests: made by PKCS#11 itself, so that no PIN is ever an argument
 * of a program. Several tokens may be made in one folder: they are then the cards of one PC, one in each reader.
 */
export interface SoftToken {
  /** SoftHSM's own library. */
  readonly modulePath: string;
  /** What the process that loads the module needs in its environment: where the tokens lie, nothing secret. */
  readonly env: { readonly SOFTHSM2_CONF: string };
  /** SubjectPublicKeyInfo, DER: what a test's authority needs to issue a certificate. */
  readonly readPublicKey: (id: string) => Uint8Array;
  /** Writes the certificate beside its key, over an earlier one. A card process sees it when it next reads the token. */
  readonly putCertificate: (id: string, der: Uint8Array) => void;
  /** One wrong PIN: the token then says that its tries are low. */
  readonly spendTry: () => void;
  /**
   * Says CKF_USER_PIN_LOCKED from now on. SoftHSM never locks by itself, however often it is asked: a card that counts is
   * e2e/support/card.
   */
  readonly lockPin: () => void;
  /** Removes the folder, with every token in it. */
  readonly close: () => void;
}

export interface SoftKey {
  /** CKA_ID, hex. */
  readonly id: string;
  readonly type: 'rsa' | 'ec';
  readonly certificateDer?: Uint8Array;
  /** CKA_ALWAYS_AUTHENTICATE: the PIN is asked for again at each signature. */
  readonly alwaysAsks?: boolean;
}

export interface SoftTokenOptions {
  readonly dir: string;
  readonly label: string;
  readonly pin: string;
  readonly keys: readonly SoftKey[];
  /** Mechanisms that the module shall not have, by name; for every token of the folder. */
  readonly without?: readonly string[];
}

const LIBRARIES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];
const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
const { CKA_ID, CKA_CLASS, CKA_LABEL, CKA_TOKEN, CKA_PRIVATE, CKO_CERTIFICATE, CKO_PUBLIC_KEY } = pkcs11js;

type Module = pkcs11js.PKCS11;
type Handle = pkcs11js.Handle;

/** Where Debian's softhsm2 puts its module. @throws when it is not installed: a test that needs a token fails and says so. */
export function softhsmModule(): string {
  const found = LIBRARIES.find((file) => existsSync(file));
  if (found === undefined) throw new Error('SoftHSM2 is not installed: run “npm run setup” as root.');
  return found;
}

export function makeSoftToken({ dir, label, pin, keys, without = [] }: SoftTokenOptions): SoftToken {
  const tokens = join(dir, 'tokens');
  const conf = join(dir, 'softhsm2.conf');
  mkdirSync(tokens, { recursive: true });
  const lines = [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'log.level = ERROR',
    'slots.removable = true',
    // SoftHSM 2.6 passes over the first name of such a list.
    ...(without.length > 0 ? [`slots.mechanisms = -CKM_MD5,${without.join(',')}`] : []),
  ];
  writeFileSync(conf, `${lines.join('\n')}\n`);
  const before = new Set(readdirSync(tokens));
  inModule(conf, (module) => initialise(module, label, pin));
  const folder = readdirSync(tokens).find((name) => !before.has(name)) ?? '';
  const serial = folder.split('-').slice(-2).join('');

  const inToken = <T>(work: (module: Module, session: Handle) => T): T =>
    inModule(conf, (module) =>
      inSession(module, findSlot(module, serial), (session) => {
        module.C_Login(session, pkcs11js.CKU_USER, pin);
        try {
          return work(module, session);
        } finally {
          module.C_Logout(session);
        }
      }),
    );
  const putCertificate = (id: string, der: Uint8Array) =>
    inToken((module, session) => writeCertificate(module, session, Buffer.from(id, 'hex'), der));

  inToken((module, session) => {
    for (const key of keys) makeKey(module, session, key);
  });
  for (const key of keys) if (key.certificateDer !== undefined) putCertificate(key.id, key.certificateDer);

  return {
    modulePath: softhsmModule(),
    env: { SOFTHSM2_CONF: conf },
    readPublicKey: (id) => inToken((module, session) => publicKeyOf(module, session, Buffer.from(id, 'hex'))),
    putCertificate,
    spendTry: () =>
      inModule(conf, (module) => inSession(module, findSlot(module, serial), (s) => guess(module, s))),
    lockPin: () => setFlag(join(tokens, folder, 'token.object'), pkcs11js.CKF_USER_PIN_LOCKED),
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Loads the library for one piece of work only: it holds one configuration at a time, and tests have several. */
function inModule<T>(conf: string, work: (module: Module) => T): T {
  const before = process.env.SOFTHSM2_CONF;
  process.env.SOFTHSM2_CONF = conf;
  const module = new pkcs11js.PKCS11();
  try {
    module.load(softhsmModule());
    module.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK });
    try {
      return work(module);
    } finally {
      module.C_Finalize();
    }
  } finally {
    module.close();
    if (before === undefined) delete process.env.SOFTHSM2_CONF;
    else process.env.SOFTHSM2_CONF = before;
  }
}

function inSession<T>(module: Module, slot: Handle, work: (session: Handle) => T): T {
  const session = module.C_OpenSession(slot, pkcs11js.CKF_RW_SESSION | pkcs11js.CKF_SERIAL_SESSION);
  try {
    return work(session);
  } finally {
    module.C_CloseSession(session);
  }
}

/** SoftHSM always offers one blank token more than there are. */
function initialise(module: Module, label: string, pin: string): void {
  const blank = module
    .C_GetSlotList(false)
    .find((slot) => (module.C_GetTokenInfo(slot).flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0);
  if (blank === undefined) throw new Error('SoftHSM offered no blank token.');
  const officer = randomBytes(8).toString('hex');
  // 32 characters padded with blanks: the binding hands the text over as it is.
  module.C_InitToken(blank, officer, label.padEnd(32).slice(0, 32));
  inSession(module, blank, (session) => {
    module.C_Login(session, pkcs11js.CKU_SO, officer);
    module.C_InitPIN(session, pin);
    module.C_Logout(session);
  });
}

function findSlot(module: Module, serial: string): Handle {
  const slot = module
    .C_GetSlotList(true)
    .find((each) => module.C_GetTokenInfo(each).serialNumber.trim() === serial);
  if (slot === undefined) throw new Error('The token is no longer in its folder.');
  return slot;
}

function makeKey(module: Module, session: Handle, key: SoftKey): void {
  const id = Buffer.from(key.id, 'hex');
  const shared = [
    { type: CKA_TOKEN, value: true },
    { type: CKA_ID, value: id },
    { type: CKA_LABEL, value: `key ${id.toString('hex')}` },
  ];
  const kind =
    key.type === 'rsa'
      ? {
          mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN,
          about: [
            { type: pkcs11js.CKA_MODULUS_BITS, value: 2048 },
            { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
          ],
        }
      : {
          mechanism: pkcs11js.CKM_EC_KEY_PAIR_GEN,
          about: [{ type: pkcs11js.CKA_EC_PARAMS, value: P256 }],
        };
  module.C_GenerateKeyPair(
    session,
    { mechanism: kind.mechanism },
    [
      ...shared,
      { type: CKA_PRIVATE, value: false },
      { type: pkcs11js.CKA_VERIFY, value: true },
      ...kind.about,
    ],
    [
      ...shared,
      { type: CKA_PRIVATE, value: true },
      { type: pkcs11js.CKA_SENSITIVE, value: true },
      { type: pkcs11js.CKA_EXTRACTABLE, value: false },
      { type: pkcs11js.CKA_SIGN, value: true },
      { type: pkcs11js.CKA_ALWAYS_AUTHENTICATE, value: key.alwaysAsks === true },
    ],
  );
}

function find(module: Module, session: Handle, objectClass: number, id: Buffer): Handle | null {
  module.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: objectClass },
    { type: CKA_ID, value: id },
  ]);
  try {
    return module.C_FindObjects(session);
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

function writeCertificate(module: Module, session: Handle, id: Buffer, der: Uint8Array): void {
  const earlier = find(module, session, CKO_CERTIFICATE, id);
  if (earlier !== null) module.C_DestroyObject(session, earlier);
  module.C_CreateObject(session, [
    { type: CKA_CLASS, value: CKO_CERTIFICATE },
    { type: pkcs11js.CKA_CERTIFICATE_TYPE, value: pkcs11js.CKC_X_509 },
    { type: CKA_TOKEN, value: true },
    { type: CKA_PRIVATE, value: false },
    { type: CKA_ID, value: id },
    { type: CKA_LABEL, value: `certificate ${id.toString('hex')}` },
    // SoftHSM asks for a subject; what is read is the certificate's own.
    { type: pkcs11js.CKA_SUBJECT, value: Buffer.from([0x30, 0]) },
    { type: pkcs11js.CKA_VALUE, value: Buffer.from(der) },
  ]);
}

function publicKeyOf(module: Module, session: Handle, id: Buffer): Uint8Array {
  const key = find(module, session, CKO_PUBLIC_KEY, id);
  if (key === null) throw new Error(`There is no key ${id.toString('hex')} on the token.`);
  const read = (type: number): Buffer => {
    const value = module.C_GetAttributeValue(session, key, [{ type }])[0]?.value;
    return Buffer.from(value as Uint8Array);
  };
  const isRsa = read(pkcs11js.CKA_KEY_TYPE).readUInt8(0) === pkcs11js.CKK_RSA;
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const spki = (jwk: { kty: string; [field: string]: string }): Uint8Array =>
    createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  if (isRsa) {
    const n = text(read(pkcs11js.CKA_MODULUS));
    return spki({ kty: 'RSA', n, e: text(read(pkcs11js.CKA_PUBLIC_EXPONENT)) });
  }
  // CKA_EC_POINT: an OCTET STRING with 04 || x || y.
  const point = read(pkcs11js.CKA_EC_POINT).subarray(-64);
  return spki({ kty: 'EC', crv: 'P-256', x: text(point.subarray(0, 32)), y: text(point.subarray(32)) });
}

function guess(module: Module, session: Handle): void {
  try {
    module.C_Login(session, pkcs11js.CKU_USER, randomBytes(6).toString('hex'));
  } catch {
    return;
  }
  throw new Error('The token took a guess for its PIN.');
}

const TOKEN_FLAGS = Buffer.from('000000008000534b0000000000000002', 'hex');

/** SoftHSM's own record of the token: attribute CKA_OS_TOKENFLAGS, kind 2 (a number), eight bytes, the highest first. */
function setFlag(file: string, flag: number): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(TOKEN_FLAGS);
  if (at < 0) throw new Error('SoftHSM keeps its tokens in another form now.');
  const place = at + TOKEN_FLAGS.length;
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE(place) | BigInt(flag), place);
  writeFileSync(file, bytes);
}
