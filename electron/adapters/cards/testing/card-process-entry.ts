import { flushCompileCache } from 'node:module';
import { runCardProcess } from '../card-process-work.ts';

// Entry of the card process where there is no Electron: the same work over Node's own channel.
runCardProcess({
  post: (message) => process.send?.(message),
  onMessage: (listener) => {
    process.on('message', listener);
  },
  exit: () => process.exit(0),
});
// Whoever started it has gone: nobody is left to tell it to end.
process.on('disconnect', () => process.exit(0));
// Most are killed, and what they compiled would be lost to the next.
flushCompileCache();
