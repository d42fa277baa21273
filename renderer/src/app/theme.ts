import { createTheme, type MantineColorsTuple } from '@mantine/core';

// NHS identity: #005EB8 (NHS Blue) is the sixth shade, #003087 (NHS Dark Blue) the last.
const nhs: MantineColorsTuple = [
  '#e8f1fa',
  '#cfe2f4',
  '#a3c8ea',
  '#74acdf',
  '#4a93d4',
  '#2379c8',
  '#005eb8',
  '#004e9a',
  '#003e7e',
  '#003087',
];

export const theme = createTheme({
  primaryColor: 'nhs',
  primaryShade: { light: 6, dark: 6 },
  colors: { nhs },
  fontFamily: 'system-ui, "Segoe UI", Frutiger, Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontFamily: 'system-ui, "Segoe UI", Frutiger, Arial, sans-serif', fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  // The ring itself is drawn in global.css, alike for every control, light and dark.
  focusRing: 'auto',
  respectReducedMotion: true,
});
