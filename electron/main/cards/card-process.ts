import { runCardProcess } from '../../adapters/cards/card-process-work.ts';

// Entry of the card process: a utility process, the only place where a driver's code runs. It must not import Electron.
const port = process.parentPort;

runCardProcess({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => {
    port.on('message', ({ data }) => listener(data));
  },
  exit: () => process.exit(0),
});
