export { readQueueAhead } from './queue-query.ts';
export { RequestScreen } from './request-screen.tsx';
export { RequestsScreen } from './requests-screen.tsx';
