import { hasUnseen, parseSubjectRule } from '../../domain/cards/subject-rule.ts';
import type { AnchorFacts, CertificateTools } from '../../services/cards/certificate-port.ts';
import { createAccountKey, signWithAccountKey } from './account-key.ts';
import { isRawSignature } from './algorithms.ts';
import { checkSignature } from './check-signature.ts';
import { Judge } from './judge.ts';
import { certificateBlocks, toPem, UnreadableText } from './pem.ts';
import { fingerprint, type ReadCertificate, readCertificate } from './read-certificate.ts';
import { signText } from './sign-text.ts';

/** Certificates (RFC 5280) and signatures (RFC 5652), with no file, clock or network. What was read is kept while its bytes stay. */
export function createCertificateTools(): CertificateTools {
  const judge = new Judge();
  return {
    judge: (certificates, rules, now) => judge.judge(certificates, rules, now),
    verify: (certificate, message, signature) => {
      const read = readCertificate(certificate);
      return read !== null && isRawSignature(message, signature, read.key);
    },
    keyFingerprint: (certificate) => fingerprint(readOrThrow(certificate)),
    keyKind: (certificate) => (readOrThrow(certificate).key.kind === 'rsa' ? 'rsa' : 'other'),
    readAnchors,
    checkSubjectRule: (rule) => {
      const parsed = parseSubjectRule(rule);
      if ('problem' in parsed) throw new UnreadableText(parsed.problem);
    },
    signText,
    checkSignature: async (request) => checkSignature(request, judge),
    createAccountKey: async (about) => createAccountKey(about),
    signWithAccountKey,
    toPem,
  };
}

function readAnchors(pem: string): readonly AnchorFacts[] {
  return certificateBlocks(pem).map((der, index) => {
    const read = readCertificate(der);
    const which = `Certificate ${index + 1}`;
    if (!read) throw new UnreadableText(`${which} cannot be read. Paste it again.`);
    if (!read.usage.isCa) {
      throw new UnreadableText(
        `${which} (${showSubject(read)}) is not an issuer's. Take it out and paste that of its issuer.`,
      );
    }
    return { subject: showSubject(read), expiresAt: read.notAfter };
  });
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** For a list on the screen, so what cannot be seen is shown as a mark, and nothing is longer than a line. */
function showSubject(certificate: ReadCertificate): string {
  const parts = certificate.attributes.slice(0, 10).map((one) => {
    const value = one.value === null ? '?' : [...one.value].slice(0, 80).map(showCharacter).join('');
    return `${SHORT_NAMES[one.type] ?? one.type}=${value}`;
  });
  return parts.join(', ').slice(0, 300) || '(no name)';
}

function showCharacter(character: string): string {
  return hasUnseen(character) ? '\u{FFFD}' : character;
}

function readOrThrow(certificate: Uint8Array): ReadCertificate {
  const read = readCertificate(certificate);
  if (!read) throw new Error('This certificate cannot be read.');
  return read;
}
