import type { Role } from '../../domain/access/roles.ts';

interface TrainingAccount {
  readonly username: string;
  /** Shown on the sign-in screen: the training store holds invented people only. */
  readonly password: string;
  readonly displayName: string;
  /** Numbers that the sample register gives to nobody. */
  readonly employeeNumber: string;
  readonly roles: readonly Role[];
  readonly mustChangePassword: false;
}

const account = (username: string, displayName: string, last: number, role: Role): TrainingAccount => ({
  username,
  password: `practice-as-${username}`,
  displayName,
  employeeNumber: String(99_999_900 + last),
  roles: [role],
  mustChangePassword: false,
});

/** One account a role, and a second officer, because nobody may approve and key the same request. */
export const TRAINING_ACCOUNTS = [
  account('owner', 'Training owner', 1, 'owner'),
  account('officer', 'Training officer', 2, 'officer'),
  account('officer2', 'Second training officer', 3, 'officer'),
  account('hradmin', 'Training HR administrator', 4, 'hr-admin'),
  account('teamlead', 'Training team lead', 5, 'team-lead'),
  account('guardian', 'Training Caldicott Guardian', 6, 'caldicott'),
] as const;

export const TRAINING_TRUST = {
  name: 'training',
  trustName: 'Sample Trust (training)',
  vpd: '919',
  environment: 'TPLY',
} as const;
