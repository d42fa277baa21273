import { defineArea, type Ground } from '../ground/define-area.ts';
import * as requests from './request.service.ts';
import { requestDetail } from './request-detail.ts';
import { requestsWaiting } from './requests-waiting.ts';
import { approvalWords, exceptionWords } from './signed-words.ts';

export const requestsArea = defineArea({
  name: 'requests',
  handlers: ({ at, store, newId }: Ground & { readonly newId: () => string }) => ({
    'requests:list': ({ filter, sort, offset, limit }) => {
      const { total, rows } = store().access.requests.list(filter, sort, { offset, limit });
      return { total, rows: [...rows] };
    },
    'requests:countByStatus': () => {
      const { requests: queue } = store().access;
      const counts = queue.countByStatus();
      const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { counts: { ...counts }, total, objected: queue.countObjected() };
    },
    'requests:get': ({ id }) => requestDetail(at(), id),
    'requests:match': (input) => requests.match(at(), input),
    'requests:chooseAccess': (input) => requests.chooseAccess(at(), input),
    'requests:recordAuthorisation': (input) => requests.recordAuthorisation(at(), input),
    'requests:returnForm': (input) => requests.returnForm(at(), input),
    'requests:approve': {
      toSign: ({ id: subject, revision }) => ({ decision: 'approve-request', subject, revision }),
      decide: requests.approve,
    },
    'requests:askException': (input) => requests.askException(at(), input),
    'requests:decideException': {
      toSign: ({ id: subject, revision, terms }) => ({ decision: 'exception', subject, revision, terms }),
      decide: requests.decideException,
    },
    'requests:endException': (input) => requests.endException(at(), input),
    'requests:withdrawApproval': (input) => requests.withdrawApproval(at(), input),
    'requests:key': (input) => requests.key(at(), input, newId),
    'requests:unkey': (input) => requests.unkey(at(), input),
    'requests:withdraw': (input) => requests.withdraw(at(), input),
    'requests:reopen': (input) => requests.reopen(at(), input),
    'requests:setRevisionAside': (input) => requests.setRevisionAside(at(), input),
    'requests:undo': (input) => requests.undo(at(), input),
  }),
  waiting: requestsWaiting,
  signs: { 'approve-request': approvalWords, exception: exceptionWords },
});
