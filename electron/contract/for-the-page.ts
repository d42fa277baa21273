import { contract } from './contract.ts';
import type { Operation } from './operation.ts';

/** What the build and the tests put into the page out of the contract, so that the page need not load it: `__MAY__`, as JSON. */
export const mayForThePage = (): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries<Operation>(contract).flatMap(([name, { may }]) =>
        typeof may === 'string' ? [] : [[name, may]],
      ),
    ),
  );
