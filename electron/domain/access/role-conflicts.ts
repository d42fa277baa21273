import { ROLE_LABELS, type Role } from './roles.ts';

/** Roles of which one checks the other, so that no one person may hold both (design: "Who uses it, and for what"). */
const FORBIDDEN: readonly (readonly [Role, Role, why: string])[] = [
  ['caldicott', 'officer', 'decides the exceptions that officers ask for'],
  ['caldicott', 'owner', 'decides exceptions and nothing else'],
  ['caldicott', 'hr-admin', 'decides exceptions and nothing else'],
  ['caldicott', 'team-lead', 'decides exceptions and nothing else'],
  ['team-lead', 'officer', 'reviews what officers did'],
  ['team-lead', 'hr-admin', 'reviews what HR administrators did'],
];

/** Allowed, because a team may be small, and said as long as it is so. */
const DOUBTFUL: readonly (readonly [Role, Role, why: string])[] = [
  ['owner', 'officer', 'makes the accounts that check an officer’s work'],
  ['owner', 'team-lead', 'makes the accounts whose work a team lead reviews'],
];

const holdsBoth = (roles: readonly Role[], [one, other]: readonly [Role, Role, string]): boolean =>
  roles.includes(one) && roles.includes(other);

/** One sentence for each pair that may not be in one hand; empty when the roles go together. */
export const roleConflicts = (roles: readonly Role[]): readonly string[] =>
  FORBIDDEN.filter((pair) => holdsBoth(roles, pair)).map(
    ([one, other, why]) =>
      `${ROLE_LABELS[one]} and ${ROLE_LABELS[other]} cannot be one person: a ${ROLE_LABELS[one]} ${why}.`,
  );

interface Holder {
  readonly displayName: string;
  readonly roles: readonly Role[];
}

/** What should not stay so among the accounts that have not ended, one sentence each. */
export function roleWarnings(people: readonly Holder[]): readonly string[] {
  const owners = people.filter(({ roles }) => roles.includes('owner')).length;
  const few =
    owners < 2
      ? ['There is only one system owner. Add a second, so that nobody is locked out when one is away.']
      : [];
  const doubtful = people.flatMap(({ displayName, roles }) => [
    ...roleConflicts(roles).map((sentence) => `${displayName}: ${sentence}`),
    ...DOUBTFUL.filter((pair) => holdsBoth(roles, pair)).map(
      ([one, other, why]) =>
        `${displayName} is ${ROLE_LABELS[one]} and ${ROLE_LABELS[other]}: a ${ROLE_LABELS[one]} ${why}. Divide them when you can.`,
    ),
  ]);
  return [...few, ...doubtful];
}
