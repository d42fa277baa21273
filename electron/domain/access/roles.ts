/** The roles of the people who sign in (design: "Who uses it, and for what"). A person may hold several. */

export const ROLES = ['officer', 'hr-admin', 'team-lead', 'caldicott', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  officer: 'Corporate Systems officer',
  'hr-admin': 'HR administrator',
  'team-lead': 'Team lead',
  caldicott: 'Caldicott Guardian',
  owner: 'System owner',
};

export const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  officer: 'Works the OneForm queue and the leaver queue, and writes downtime notices.',
  'hr-admin': 'Looks after the supervisor hierarchy, also while ESR is down.',
  'team-lead': 'Reviews the audit log, runs URP audits and reads reports; changes nothing else.',
  caldicott: 'Decides exceptions to the procedure, and only those (clause 5.1.1).',
  owner: 'Looks after users, roles, the catalogue, settings, backup and recovery.',
};

export function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value);
}
