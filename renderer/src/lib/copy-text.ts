import { invoke, Refusal } from './api.ts';

/**
 * Puts text on the clipboard through the program. Before anybody has signed in (the recovery phrase at set-up) the
 * program refuses, so there the page's own copy command is used, which needs the click that called it.
 */
export const copyText = async (text: string): Promise<void> => {
  try {
    await invoke('app:copyText', { text });
  } catch (fault) {
    if (!(fault instanceof Refusal) || fault.code !== 'NOT_SIGNED_IN') throw fault;
    copyByPage(text);
  }
};

const copyByPage = (text: string): void => {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', put);
  if (!copied) throw new Error('The text could not be copied.');
};
