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

// Mantine's own red and yellow are too pale for text on white (3.2 to 1); these keep 4.5 to 1 where words stand on them.
const red: MantineColorsTuple = [
  '#fdecec',
  '#f9d5d6',
  '#f0a9ac',
  '#ff8f8f',
  '#e5656a',
  '#d63a41',
  '#c4222b',
  '#ab1a23',
  '#8c131b',
  '#6d0c13',
];
const yellow: MantineColorsTuple = [
  '#fff8e6',
  '#fff0c7',
  '#ffe3a1',
  '#ffd36b',
  '#ffc540',
  '#ffb81c',
  '#d99a12',
  '#a8760a',
  '#7f5806',
  '#5f4104',
];

export const theme = createTheme({
  primaryColor: 'nhs',
  primaryShade: { light: 6, dark: 6 },
  colors: { nhs, red, yellow },
  fontFamily: 'system-ui, "Segoe UI", Frutiger, Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontFamily: 'system-ui, "Segoe UI", Frutiger, Arial, sans-serif', fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  // By name alone: importing it would bring it into the first file.
  components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this notice' } } } },
  // The ring itself is drawn in global.css, alike for every control, light and dark.
  focusRing: 'auto',
  respectReducedMotion: true,
});
