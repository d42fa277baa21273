import { validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** Are these the 24 words of a phrase, in an order whose check sum fits? Read as `setRecoveryWrap` reads them. */
export function isRecoveryPhrase(text: string): boolean {
  const words = text.normalize('NFKD').trim().toLowerCase().split(/\s+/);
  return words.length === 24 && validateMnemonic(words.join(' '), wordlist);
}
