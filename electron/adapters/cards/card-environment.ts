/**
 * The environment of the card process. The desktop's message bus is taken out of it: OpenSC (Debian's) reports there from within the
 * loading of its library, to show pop-ups, and was seen to wait there for itself for ever.
 */
export function cardEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const known = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
}
