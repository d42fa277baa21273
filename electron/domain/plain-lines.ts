/** Text that is signed or compared by its hash: lines end with LF, the last one too. */
export const plainLines = (lines: readonly string[]): string => `${lines.map(oneLine).join('\n')}\n`;

/** What somebody typed must not be able to look like a line of ours: every kind of line break and control becomes a space. */
const oneLine = (words: string): string =>
  words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
