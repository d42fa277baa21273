export const LedgerScreen = () => null;
