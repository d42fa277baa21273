/** What a certificate says it is for (RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.12). */
export interface UsageFacts {
  /** Null: the extension is not there. */
  readonly keyUsage: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean } | null;
  /** OIDs; null: the extension is not there. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly isCa: boolean;
}

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';
const SMARTCARD_LOGON = '1.3.6.1.4.1.311.20.2.2';
const ANY_PURPOSE = '2.5.29.37.0';
const SIGN_IN_PURPOSES: readonly string[] = [CLIENT_AUTHENTICATION, SMARTCARD_LOGON, ANY_PURPOSE];

/**
 * Which certificates of a card may be used to sign in, by index. `null` stands for one that could not be read.
 *
 * An NHS card holds two: one with digitalSignature alone, which answers challenges, and one with nonRepudiation, whose signature
 * binds its holder as ink does. The second is never spent on a challenge, because a challenge is not something its holder has read.
 * Some virtual cards hold one certificate for both; it is used where it is the only one. Where extendedKeyUsage is there it must
 * allow signing in; a certificate without keyUsage says nothing of what it is for and is not guessed at.
 */
export function signInCertificates(certificates: readonly (UsageFacts | null)[]): readonly number[] {
  const own = certificates.flatMap((facts, index) => (facts && !facts.isCa ? [{ facts, index }] : []));
  const fit = own.filter(({ facts }) => facts.keyUsage?.digitalSignature && allowsSignIn(facts));
  const forAuthentication = fit.filter(({ facts }) => !facts.keyUsage?.nonRepudiation);
  if (forAuthentication.length > 0) return forAuthentication.map(({ index }) => index);
  return own.length === 1 ? fit.map(({ index }) => index) : [];
}

function allowsSignIn(facts: UsageFacts): boolean {
  return facts.extendedKeyUsage?.some((purpose) => SIGN_IN_PURPOSES.includes(purpose)) ?? true;
}
