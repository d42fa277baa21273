const NAME_LIMIT = 100;
const WHERE_LIMIT = 4000;

/**
 * What may be told of a fault of a screen: the kind of error and where, as frames of code. The message is left out,
 * because it may quote what was on the screen.
 */
export const faultReport = (
  error: unknown,
  componentStack: string,
): { readonly name: string; readonly where: string } => {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = `${stack}\n${componentStack}`.split('\n').filter((line) => /^\s+at\s/.test(line));
  return { name: name.slice(0, NAME_LIMIT), where: frames.join('\n').slice(0, WHERE_LIMIT) };
};
