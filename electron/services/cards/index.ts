/** What other areas see of this one. */
export type { CardPort } from './card-port.ts';
export type { CardProof } from './card-proof.ts';
export type { CardReading } from './card-reading.ts';
export { readCardSettings, writeCardSettings } from './card-settings.ts';
export { cardFailure, refuseCard } from './card-words.ts';
export type { CertificateTools, CheckedSignature, LoadCertificates } from './certificate-port.ts';
