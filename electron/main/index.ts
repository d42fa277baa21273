import { app } from 'electron';
import { bootstrap } from './bootstrap.ts';
import { declareAppScheme } from './security/app-protocol.ts';
import { lockDown } from './security/lockdown.ts';

// What must be said before Electron is ready, and nothing else.
app.setName('ESR Access Desk');
app.enableSandbox();
declareAppScheme();
lockDown(() => undefined);

if (app.requestSingleInstanceLock()) void app.whenReady().then(bootstrap);
else app.quit();
