export interface OwnerDraft {
  readonly displayName: string;
  readonly username: string;
  readonly employeeNumber: string;
}

/** Field → what is wrong with it; empty when nothing is. */
export type Faults<T> = { readonly [K in keyof T]?: string };

export const EMPTY_OWNER: OwnerDraft = { displayName: '', username: '', employeeNumber: '' };

/** For a username anywhere: what the contract takes, said in words. */
export const usernameFault = (username: string): string | null =>
  /^[A-Za-z0-9._-]{2,64}$/.test(username.trim())
    ? null
    : 'Use 2 to 64 letters, digits, dots, hyphens or underscores, without spaces';

/** The employee number is optional in every form here. */
export const employeeNumberFault = (number: string): string | null =>
  number.trim() === '' || /^\d{8}$/.test(number.trim()) ? null : 'An ESR employee number has 8 digits';

export const checkOwner = (draft: OwnerDraft): Faults<OwnerDraft> => {
  const username = usernameFault(draft.username);
  const employeeNumber = employeeNumberFault(draft.employeeNumber);
  return {
    ...(draft.displayName.trim() === '' ? { displayName: 'Enter the person’s name' } : {}),
    ...(username === null ? {} : { username }),
    ...(employeeNumber === null ? {} : { employeeNumber }),
  };
};

export const isSound = (faults: object): boolean => Object.keys(faults).length === 0;
