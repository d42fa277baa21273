/**
 * Asks `work` once for each text: most people share a name with somebody. Begins anew where there are more than `most` texts, so that
 * memory has an end.
 */
export function rememberTexts<T>(work: (text: string) => T, most = 20_000): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.answer;
    if (known.size === most) known.clear();
    const answer = work(text);
    known.set(text, { answer });
    return answer;
  };
}
