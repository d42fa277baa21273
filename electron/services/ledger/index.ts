/** What other areas see of this one. */
export { readLastVerification } from './last-verification.ts';
