/** What other areas see of this one. */
export { type JudgedCounts, judgeApprovals } from './judge-requests.ts';
