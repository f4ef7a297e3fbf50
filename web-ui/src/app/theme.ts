import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e8f5f6',
  '#d0e8ea',
  '#a3d2d6',
  '#74bcc2',
  '#4faab2',
  '#2f97a0',
  '#1f838c',
  '#0f6c75',
  '#0a5860',
  '#06454b',
];

/** Mantine's red, darkened from the seventh shade on so that white text on it is readable. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#fa5252',
  '#c92a2a',
  '#b02525',
  '#8f1d1d',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  colors: { accent, red },
  defaultRadius: 6,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Text: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'sm' } },
  },
});

/** Mantine's own dimmed and placeholder greys miss the 4.5:1 contrast on white. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606b',
    '--mantine-color-placeholder': '#68727c',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#87919a',
    '--cb-canvas': '#f7f8f9',
    '--cb-surface': '#ffffff',
    '--cb-border': '#dde1e5',
    '--cb-good': '#17693a',
    '--cb-good-soft': '#e6f4ea',
    '--cb-warn': '#7a4b00',
    '--cb-warn-soft': '#fdf1dc',
    '--cb-bad': '#a3201a',
    '--cb-bad-soft': '#fdecea',
    '--cb-info': '#234e7c',
    '--cb-info-soft': '#e8f0f9',
    '--cb-hover': '#eef1f3',
  },
  dark: {
    '--mantine-color-body': '#16191c',
    '--mantine-color-dimmed': '#a7b0b8',
    '--mantine-color-placeholder': '#8b959e',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-default': '#22272b',
    '--mantine-color-default-border': '#6b747c',
    '--cb-canvas': '#16191c',
    '--cb-surface': '#1d2125',
    '--cb-border': '#343a40',
    '--cb-good': '#7fd69b',
    '--cb-good-soft': '#173324',
    '--cb-warn': '#f2c46d',
    '--cb-warn-soft': '#382b12',
    '--cb-bad': '#ffa198',
    '--cb-bad-soft': '#3d1d1b',
    '--cb-info': '#9cc4ee',
    '--cb-info-soft': '#1b2b3d',
    '--cb-hover': '#272c31',
  },
});
