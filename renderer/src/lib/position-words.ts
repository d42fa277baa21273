/**
 * ESR's position name (`3560241|Ward Manager|021|General Surgery|`) as people say it: `Ward Manager, General Surgery
 * (021), 3560241`. A name in another form stays as it is.
 */
export const positionWords = (position: string | null): string | null => {
  if (position === null || !position.includes('|')) return position;
  const [number = '', title = '', code = '', unit = ''] = position.split('|').map((part) => part.trim());
  const place = unit === '' ? code : code === '' ? unit : `${unit} (${code})`;
  return [title, place, number].filter((part) => part !== '').join(', ');
};
