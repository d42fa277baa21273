import type { OneFormContent } from '../../../../electron/contract/requests.contract.ts';

const LABELS = {
  reference: 'Reference',
  submittedAt: 'Submitted',
  requesterName: 'Requester',
  requesterEmployeeNumber: 'Requester’s number',
  beneficiaryNumber: 'Number of the person',
  beneficiaryName: 'Name of the person',
  accessAsked: 'Access asked for',
  justification: 'Why',
  lineManagerName: 'Line manager',
  lineManagerEmployeeNumber: 'Line manager’s number',
  authorised: 'Authorised',
  authorisedBy: 'Authorised by',
  authorisedByEmployeeNumber: 'Authoriser’s number',
  authorisedAt: 'Authorised at',
  attachments: 'Attachments',
} satisfies Record<keyof OneFormContent, string>;

/** The field of a form in words; a name it does not know (a service may send words already) stays as it is. */
export const fieldLabel = (field: string): string =>
  Object.hasOwn(LABELS, field) ? LABELS[field as keyof OneFormContent] : field;
