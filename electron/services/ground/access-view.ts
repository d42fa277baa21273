import type { RequestDetail } from '../../contract/requests.contract.ts';
import type { HoldingRow } from './register-reader.ts';

/** One row of what ESR's holdings show for a person, as screens show it. */
export const accessView = (row: HoldingRow): RequestDetail['presentAccess'][number] => {
  const { urp, exportedName, username, startDate, endDate, accountEnd } = row;
  return { urp: urp ?? exportedName, username, startDate, endDate, accountEnd };
};
