import { expect, it } from 'vitest';
import { cardEnvironment } from './card-environment.ts';

it('keeps what a driver may need and takes the desktop’s bus away', () => {
  const env = { SOFTHSM2_CONF: '/tokens', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus', NONE: undefined };
  expect(cardEnvironment(env)).toEqual({ SOFTHSM2_CONF: '/tokens', DBUS_SESSION_BUS_ADDRESS: 'disabled:' });
});
