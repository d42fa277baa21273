import { defineArea } from '../ground/define-area.ts';
import { listFindings, reopenFinding, settleFinding } from './finding.service.ts';

export const findingsArea = defineArea({
  name: 'findings',
  handlers: ({ at, store }) => ({
    'findings:list': (input) => listFindings(store(), input),
    'findings:settle': (input) => settleFinding(at(), input),
    'findings:reopen': (input) => reopenFinding(at(), input),
  }),
});
