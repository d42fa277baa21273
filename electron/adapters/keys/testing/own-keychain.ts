import { type KeychainPort, loadKeytar } from '../keychain.ts';

/**
 * The real keychain of the test run, with everything in it under one PC's name: two PCs of one run, of which one is a copy of the
 * other, have the same store and each a keychain of its own.
 */
export const keychainOf =
  (pc: string): (() => Promise<KeychainPort>) =>
  async () => {
    const real = await loadKeytar();
    const own = (account: string): string => `${pc} ${account}`;
    return {
      getPassword: (service, account) => real.getPassword(service, own(account)),
      setPassword: (service, account, value) => real.setPassword(service, own(account), value),
      deletePassword: (service, account) => real.deletePassword(service, own(account)),
    };
  };
