/** What other areas see of this one. */
export type { JobOperations } from './operations.ts';
