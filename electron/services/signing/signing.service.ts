import type { Input, Output } from '../../contract/contract.ts';
import {
  type DecisionToSign,
  LEDGER_SUBJECT,
  type SignatureInput,
  type StoredSignature,
} from '../../contract/signing.contract.ts';
import {
  type CardPort,
  type CardProof,
  type CardReading,
  type CertificateTools,
  type CheckedSignature,
  cardFailure,
  type LoadCertificates,
  readCardSettings,
  refuseCard,
} from '../cards/index.ts';
import type { ActingContext } from '../ground/context.ts';
import type { AccountKey, Sha256, SignatureRow, StoredUser } from '../ground/ports.ts';
import { ServiceError } from '../ground/service-error.ts';
import { refusal, type Vault } from '../session/index.ts';

export interface SigningOptions {
  readonly cards: CardPort;
  readonly certificates: LoadCertificates;
  readonly proof: CardProof;
  readonly reading: CardReading;
  readonly vault: Pick<Vault, 'checkPassword'>;
  /** The exact words that a decision signs; see areas.ts. */
  readonly words: (context: ActingContext, toSign: DecisionToSign) => string;
  readonly sha256: Sha256;
  readonly newId: () => string;
}

/** A signature that is made and not yet kept: it is written in the transaction of what it decides. */
export type MadeSignature = Omit<SignatureRow, 'seq'>;

export type SigningService = ReturnType<typeof createSigningService>;

/** Signatures of decisions: made at that moment, over exactly the words that were shown, kept with the ledger event they decide. */
export function createSigningService(options: SigningOptions) {
  const hash = (text: string) => hex(options.sha256(utf8(text)));

  const prepare = (context: ActingContext, toSign: DecisionToSign): Output<'signing:prepare'> => {
    const text = options.words(context, toSign);
    return { needed: neededFor(context, toSign.decision), text, sha256: hash(text) };
  };

  const byCard = async (
    context: ActingContext,
    text: string,
    { readerId, pin }: Extract<SignatureInput['by'], { way: 'card' }>,
  ) => {
    const certificates = await options.certificates();
    const card = await options.proof.usable(await options.reading.read(readerId));
    if (card.key.uuid !== userOf(context).cardUuid) {
      throw refuseCard(
        'wrong-uuid',
        'This is not your card. Put in the card that is linked to your account.',
      );
    }
    const { der, keyId } = card.certificate;
    const sign = async (message: Uint8Array): Promise<Uint8Array> => {
      const result = await options.cards.sign({ readerId, keyId, pin, messages: [message] });
      if (!result.ok) throw cardFailure(result.reason, result.tries, result.code);
      const [signature] = result.signatures;
      if (signature === undefined || !certificates.verify(der, message, signature)) {
        throw refuseCard(
          'wrong-answer',
          'The card’s signature does not fit its certificate. Nothing was decided.',
        );
      }
      return signature;
    };
    const at = context.clock.now();
    const { chain } = card.judged;
    const cms = await certificates.signText({ text, certificate: der, chain, at, sign });
    const pem = chain.map((above) => certificates.toPem('CERTIFICATE', above)).join('');
    const part = { means: 'card' as const, cms, certificate: der, chain: pem, signedAt: at };
    return { part, madeKey: null };
  };

  const byPassword = async (context: ActingContext, text: string, password: string) => {
    const certificates = await options.certificates();
    const user = userOf(context);
    const checked = await options.vault.checkPassword(user.username, password);
    if (!checked.ok)
      throw refusal(checked, 'Your password is not right. Nothing was decided; type it again.');
    const { key, madeKey } = await accountKey(context);
    const at = context.clock.now();
    const sign = async (message: Uint8Array) => certificates.signWithAccountKey(key, message);
    const cms = await certificates.signText({ text, certificate: key.certificate, chain: [], at, sign });
    const part = {
      means: 'account-key' as const,
      cms,
      certificate: key.certificate,
      chain: '',
      signedAt: at,
    };
    return { part, madeKey };
  };

  /** Kept with what is decided by it, in the same transaction: a decision that is refused leaves none. */
  const accountKey = async ({ store, actor, clock }: ActingContext) => {
    const kept = store.access.signatures.accountKey(actor.userId);
    if (kept !== null) return { key: kept, madeKey: null };
    const made = await (await options.certificates()).createAccountKey({
      userId: actor.userId,
      now: clock.now(),
    });
    return { key: made, madeKey: made };
  };

  return {
    prepare,

    /** The signature that the decision needs, or null where it needs none and none was given. Asks the card, so it may take its time. */
    sign: async (
      context: ActingContext,
      toSign: DecisionToSign,
      given: SignatureInput | null,
    ): Promise<{ readonly signature: MadeSignature; readonly madeKey: AccountKey | null } | null> => {
      const { decision } = toSign;
      const subject = decision === 'audit-sign-off' ? LEDGER_SUBJECT : toSign.subject;
      const { needed, text, sha256 } = prepare(context, toSign);
      if (given === null) {
        if (needed === 'none') return null;
        throw new ServiceError(
          'SIGNATURE_NEEDED',
          needed === 'card'
            ? 'This decision is signed by smartcard. Read what you sign, then type the passcode.'
            : 'This decision is signed. Read what you sign, then type your password.',
        );
      }
      if (given.sha256 !== sha256) {
        throw new ServiceError(
          'STALE',
          'What you would sign has changed since it was shown. Read it again, then sign.',
        );
      }
      if (needed === 'card' && given.by.way !== 'card') {
        throw new ServiceError('SIGNATURE_NEEDED', 'This decision is signed by smartcard. Put your card in.');
      }
      const { part, madeKey } =
        given.by.way === 'card'
          ? await byCard(context, text, given.by)
          : await byPassword(context, text, given.by.password);
      const id = options.newId();
      const signature = { ...part, id, decision, subjectId: subject, signerId: context.actor.userId, text };
      return { signature, madeKey };
    },

    list: async (
      { store }: ActingContext,
      { subject }: Input<'signing:list'>,
    ): Promise<Output<'signing:list'>> => {
      const certificates = await options.certificates();
      const rules = await options.reading.rulesNow();
      const found: StoredSignature[] = [];
      for (const row of store.access.signatures.bySubject(subject)) {
        const checked = await certificates.checkSignature({
          text: row.text,
          cms: row.cms,
          expected: row.certificate,
          rules: row.means === 'card' ? rules : null,
        });
        found.push(shown(row, store.access.users.get(row.signerId), checked, certificates));
      }
      return { signatures: found };
    },
  };
}

/** What the event says of its signature: hashes alone, so that neither the text nor a name goes into the ledger. */
export const signatureDetail = ({ means, text, cms }: MadeSignature, sha256: Sha256) => ({
  means,
  text: hex(sha256(utf8(text))),
  cms: hex(sha256(cms)),
});

function neededFor(
  context: ActingContext,
  decision: DecisionToSign['decision'],
): Output<'signing:prepare'>['needed'] {
  const policy = readCardSettings(context.store.access.settings).signatures[decision];
  if (policy !== 'card-or-password') return policy;
  return userOf(context).cardUuid === null ? 'password' : 'card';
}

function userOf({ store, actor }: ActingContext): StoredUser {
  const user = store.access.users.get(actor.userId);
  if (user === null) throw new Error('who is signed in has no account');
  return user;
}

function shown(
  row: SignatureRow,
  signer: StoredUser | null,
  checked: CheckedSignature,
  certificates: CertificateTools,
): StoredSignature {
  const { id, seq, decision, signedAt, means, text } = row;
  const name = signer?.displayName ?? 'somebody without an account here';
  const ownCard = means === 'account-key' || checked.uuid === null || signer?.cardUuid === checked.uuid;
  return {
    id,
    seq,
    decision,
    signedAt,
    signer: name,
    means,
    sound: checked.sound,
    sentence: checked.sound
      ? soundWords(name, means, ownCard)
      : `Do not rely on this signature: ${checked.problem}`,
    text,
    cms: certificates.toPem('CMS', row.cms),
    certificates: certificates.toPem('CERTIFICATE', row.certificate) + row.chain,
  };
}

function soundWords(name: string, means: SignatureRow['means'], ownCard: boolean): string {
  if (means === 'account-key') {
    return `Signed with the account key of ${name}: somebody knew the password. A card would show more.`;
  }
  return ownCard
    ? `Signed by ${name} with their smartcard, and nothing of it was changed since.`
    : `Signed with a smartcard that was ${name}’s then and is not linked to the account now; nothing was changed since.`;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
