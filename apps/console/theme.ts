import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Calm and dense: small type, one accent, contrast of at least 4.5 to 1 in both schemes. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 9, dark: 9 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  headings: { sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.1rem' } } },
});

/** Mantine's soft text is too faint to be read by everybody. */
export const readableVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4d545b',
    '--mantine-color-placeholder': '#5c636a',
    '--mantine-color-error': '#b02525',
    '--mantine-color-anchor': '#1458a0',
  },
  dark: {
    '--mantine-color-body': '#15181c',
    '--mantine-color-dimmed': '#adb5bd',
    '--mantine-color-placeholder': '#9aa2aa',
    '--mantine-color-error': '#ff9b9b',
    '--mantine-color-anchor': '#7cbcf7',
  },
});
