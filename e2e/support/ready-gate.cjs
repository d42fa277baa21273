// Loaded before the program in end-to-end tests: holds Electron's `ready` back until Playwright has attached, so that
// no window opens while it is still looking for windows; now and then it would wait for ever on one half made. (With an
// executable of our own Playwright leaves its loader out, which does this and also changes many of Chromium's switches;
// those are left alone here, because it is the program as it ships that is tested.)
const { app } = require('electron');

if (process.env.ESR_DESK_GATE === '1') {
  const reallyReady = app.whenReady();
  const emit = app.emit.bind(app);
  let readyArguments = [];
  let open = false;
  let letThrough;
  const gate = new Promise((resolve) => {
    letThrough = resolve;
  });
  app.emit = (event, ...args) => {
    if (event !== 'ready') return emit(event, ...args);
    readyArguments = args;
    return app.listenerCount('ready') > 0;
  };
  app.isReady = () => open;
  app.whenReady = () => gate;
  // The name is Playwright's: it calls this once it is attached.
  globalThis.__playwright_run = async () => {
    await reallyReady;
    open = true;
    letThrough();
    emit('ready', ...readyArguments);
  };
}
