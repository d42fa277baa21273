/** URP names as the catalogue writes them (domain.md), without the VPD number. */
export const URP = {
  employee: 'Employee Self Service',
  supervisor: 'Supervisor Self Service',
  supervisorLimited: 'Supervisor Self Service (Limited Access)',
  manager: 'Manager Self Service',
  administrator: 'Administrator Self Service',
  hrView: 'HR Management (view only)',
  hrAdministration: 'HR Administration',
  hrDataEntry: 'HR Data Entry',
  payroll: 'Payroll Administration',
  payrollSuper: 'Payroll Super Administration',
  workflow: 'Workflow Administrator',
  localReports: 'Local Reports',
  localBiReports: 'Local BI Reports',
  learning: 'Learning Administration',
  recruitment: 'Recruitment',
  workstructures: 'Local Workstructures Administration',
  userAdministration: 'Local HRMS Systems and User Administration',
} as const;

export type UrpName = (typeof URP)[keyof typeof URP];

/** Self-service URPs that act through the supervisor hierarchy. */
export const HIERARCHY_URPS: readonly UrpName[] = [
  URP.supervisor,
  URP.supervisorLimited,
  URP.manager,
  URP.administrator,
];

/** What ordinary forms in the queue ask for. */
export const COMMONLY_ASKED: readonly UrpName[] = [
  URP.localReports,
  URP.localReports,
  URP.localBiReports,
  URP.supervisor,
  URP.supervisor,
  URP.supervisorLimited,
  URP.manager,
  URP.administrator,
  URP.learning,
  URP.recruitment,
  URP.hrView,
];

export const NOT_A_URP = 'Trust Dashboard Power User';
