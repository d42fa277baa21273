/**
 * The environment of the card process. The desktop's message bus is taken out of it: OpenSC (Debian's) reports there from within the
 * loading of its library, to show pop-ups, and waited there for itself for ever in 7 of 30 starts on a busy machine.
 */
export function cardEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const known = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
}
