/**
 * What each tabular import needs, and the names under which sites' exports carry it. Columns differ by site, so
 * synonyms only suggest: the person confirms, and the mapping is remembered for files with the same headers.
 */
export const tabularKinds = ['holdings', 'oneforms', 'as-numbers', 'training'] as const;
export type TabularKind = (typeof tabularKinds)[number];

export interface FieldSpec {
  readonly field: string;
  readonly label: string;
  readonly required: boolean;
  readonly hint: string;
  /** Lower case, letters and digits only, best first; the field's own label counts as well. */
  readonly synonyms: readonly string[];
  /** A column of dates. In an `end` a blank and 31-Dec-4712 both say that there is none; a `moment` has a time of day. */
  readonly date?: 'day' | 'end' | 'moment';
  /** Required only where the file has no column for this field. */
  readonly unless?: string;
}

const field = (
  name: string,
  label: string,
  required: boolean,
  hint: string,
  synonyms: readonly string[] = [],
  more: Pick<FieldSpec, 'date' | 'unless'> = {},
): FieldSpec => ({ field: name, label, required, hint, synonyms, ...more });

const NUMBER_NAMES = [
  'employeenumber',
  'employeeno',
  'empno',
  'empnumber',
  'esrnumber',
  'staffnumber',
  'personnumber',
] as const;
const EMPLOYEE_NUMBER = field('employeeNumber', 'Employee number', true, '8 digits.', NUMBER_NAMES);

/** What some sites' reports say beside the access itself (domain.md: published columns of Active Responsibilities). */
const ACCOUNT_AND_GRANT = [
  field(
    'accountStart',
    'Account start',
    false,
    'The day from which the account works.',
    [
      'accountstart',
      'accountstartdate',
      'userstartdate',
      'useraccountstart',
      'useraccountstartdate',
      'userfrom',
    ],
    { date: 'day' },
  ),
  field(
    'accountEnd',
    'Account end',
    false,
    'The day the account was shut; access ends with it.',
    ['accountend', 'accountenddate', 'userenddate', 'useraccountend', 'useraccountenddate', 'userto'],
    { date: 'end' },
  ),
  field('grantType', 'Direct or indirect', false, 'Indirect: held through another responsibility or role.', [
    'directindirect',
    'directorindirect',
    'type',
    'assignmenttype',
    'responsibilitytype',
    'granttype',
    'direct',
  ]),
  field('application', 'Application', false, "The responsibility's application.", [
    'application',
    'applicationname',
    'responsibilityapplication',
  ]),
  field('assignedBy', 'Assigned by', false, 'The account that gave the access.', [
    'assignedby',
    'createdby',
    'grantedby',
  ]),
  field(
    'assignedOn',
    'Assigned on',
    false,
    'The day the access was given.',
    ['assignedon', 'dateassigned', 'assigneddate', 'createdon', 'creationdate', 'grantedon'],
    { date: 'day' },
  ),
  field('updatedBy', 'Last updated by', false, 'The account that changed it last.', [
    'lastupdatedby',
    'updatedby',
    'modifiedby',
  ]),
  field(
    'updatedOn',
    'Last updated on',
    false,
    'The day it was changed last.',
    ['lastupdatedon', 'lastupdatedate', 'lastupdated', 'lastupdateddate', 'updatedon', 'modifiedon'],
    { date: 'day' },
  ),
] as const;

export const tabularFields = {
  holdings: [
    field(
      'employeeNumber',
      'Employee number',
      true,
      '8 digits. Not needed where the file names people by username.',
      NUMBER_NAMES,
      { unless: 'username' },
    ),
    field('urp', 'Responsibility', true, 'The URP, with or without the VPD in front.', [
      'responsibility',
      'responsibilityname',
      'userresponsibilityprofile',
      'urp',
      'urpname',
      'profile',
    ]),
    field('username', 'Username', false, 'The ESR username.', [
      'username',
      'userid',
      'esrusername',
      'login',
      'user',
    ]),
    field('fullName', 'Full name', false, 'Shown where nobody in the register has the number.', [
      'fullname',
      'name',
      'employeename',
      'personname',
    ]),
    field(
      'startDate',
      'Start date',
      false,
      'The day from which the access holds.',
      ['startdate', 'responsibilitystartdate', 'effectivestartdate', 'from', 'datefrom'],
      { date: 'day' },
    ),
    field(
      'endDate',
      'End date',
      false,
      'Empty while the access has no end.',
      ['enddate', 'responsibilityenddate', 'effectiveenddate', 'to', 'dateto'],
      { date: 'end' },
    ),
    field(
      'lastLogonAt',
      'Last sign-in',
      false,
      'For dormant access.',
      ['lastlogon', 'lastlogin', 'lastsignin', 'lastlogondate', 'lastlogindate', 'lastconnect'],
      { date: 'moment' },
    ),
    ...ACCOUNT_AND_GRANT,
  ],
  oneforms: [
    field('reference', 'Reference', true, "The Service Desk's ticket reference.", [
      'reference',
      'ticket',
      'ticketreference',
      'ticketnumber',
      'requestid',
      'callreference',
    ]),
    field(
      'submittedAt',
      'Submitted at',
      true,
      'When the form was sent in.',
      ['submittedat', 'submitted', 'datesubmitted', 'submittedon', 'createdat', 'created'],
      { date: 'moment' },
    ),
    field('requesterName', 'Requester', false, 'Who sent the form.', [
      'requestername',
      'requester',
      'requestedby',
    ]),
    field('requesterEmployeeNumber', "Requester's employee number", false, '8 digits.', [
      'requesteremployeenumber',
      'requesternumber',
      'requesteremployeeno',
    ]),
    field('beneficiaryNumber', "Beneficiary's number", true, 'Employee or assignment number.', [
      'beneficiarynumber',
      'beneficiaryemployeenumber',
      'assignmentnumber',
      'employeenumber',
      'employeeno',
      'employeeorassignmentnumber',
    ]),
    field('beneficiaryName', 'Beneficiary', false, 'Who the access is for.', [
      'beneficiaryname',
      'beneficiary',
      'employeename',
      'accessfor',
    ]),
    field('accessAsked', 'Access asked for', true, 'In the words of the form.', [
      'accessrequested',
      'accessasked',
      'accessaskedfor',
      'access',
      'responsibility',
      'urp',
    ]),
    field('justification', 'Justification', false, 'Why the access is needed.', [
      'justification',
      'reason',
      'businessneed',
      'businessjustification',
    ]),
    field('lineManagerName', 'Line manager', false, 'Who must authorise (5.1.3).', [
      'linemanagername',
      'linemanager',
      'managername',
      'manager',
    ]),
    field('lineManagerEmployeeNumber', "Line manager's employee number", false, '8 digits.', [
      'linemanageremployeenumber',
      'linemanagernumber',
      'manageremployeenumber',
    ]),
    field('authorised', 'Authorised', false, 'Yes, where the line manager authorised it.', [
      'linemanagerauthorised',
      'authorised',
      'authorized',
      'managerapproval',
      'approved',
    ]),
    field('authorisedBy', 'Authorised by', false, 'Who authorised it.', [
      'authorisedby',
      'authorizedby',
      'approvedby',
    ]),
    field('authorisedByEmployeeNumber', "Authoriser's employee number", false, '8 digits.', [
      'authorisedbyemployeenumber',
      'authorisedbynumber',
      'authoriseremployeenumber',
    ]),
    field(
      'authorisedAt',
      'Authorised at',
      false,
      'When it was authorised.',
      ['authorisedat', 'authorisedon', 'authorizedat', 'dateauthorised', 'approvedat'],
      { date: 'moment' },
    ),
    field('attachments', 'Attachments', false, 'Names of files, separated by ";".', [
      'attachments',
      'files',
      'attachment',
    ]),
  ],
  'as-numbers': [
    EMPLOYEE_NUMBER,
    field('asNumber', 'AS number', true, 'As Finance issued it (5.1.4).', [
      'asnumber',
      'asno',
      'asref',
      'as',
    ]),
    field('positionNumber', 'Position number', false, 'The post it was issued for.', [
      'positionnumber',
      'positionno',
      'position',
      'postnumber',
    ]),
    field(
      'issuedOn',
      'Issued on',
      false,
      'The day Finance issued it.',
      ['issuedon', 'dateissued', 'issued', 'issuedate'],
      { date: 'day' },
    ),
  ],
  training: [
    EMPLOYEE_NUMBER,
    field('competence', 'Competence', true, 'The training, as the export names it.', [
      'competence',
      'competencename',
      'competency',
      'course',
      'training',
      'subject',
    ]),
    field('status', 'Status', true, 'Such as Compliant or Expired.', [
      'status',
      'compliance',
      'compliancestatus',
      'compliant',
    ]),
    field(
      'achievedOn',
      'Achieved on',
      false,
      'The day it was passed.',
      ['achievedon', 'dateachieved', 'completedon', 'completiondate', 'achieved'],
      { date: 'day' },
    ),
    field(
      'expiresOn',
      'Expires on',
      false,
      'The day it runs out.',
      ['expireson', 'expirydate', 'expiry', 'expires', 'enddate'],
      { date: 'end' },
    ),
  ],
} as const satisfies Record<TabularKind, readonly FieldSpec[]>;

/** The fields of a kind that are dates. */
export const dateFieldsOf = (
  kind: TabularKind,
): readonly (FieldSpec & { readonly date: NonNullable<FieldSpec['date']> })[] => {
  const fields: readonly FieldSpec[] = tabularFields[kind];
  return fields.flatMap((spec) => (spec.date === undefined ? [] : [{ ...spec, date: spec.date }]));
};
