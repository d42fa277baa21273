import type { Theme } from '../../../electron/contract/app.contract.ts';

export const THEME_CHOICES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'System' },
];
