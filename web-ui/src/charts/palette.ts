/** Spelled out, because labels are measured on a canvas that inherits nothing. */
export const chartFont = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export interface ChartColors {
  series: string[];
  text: string;
  muted: string;
  line: string;
  surface: string;
}

/** After Okabe and Ito: told apart with every common colour blindness, adjusted per theme for 3:1 against the surface. */
export const lightColors: ChartColors = {
  series: ['#0072b2', '#c25100', '#00825f', '#b3598b', '#8f7400', '#2f86b8', '#6b4fa0', '#5c6670', '#8a3324', '#4c7a1e'],
  text: '#2a3138',
  muted: '#55606b',
  line: '#dde1e5',
  surface: '#ffffff',
};

export const darkColors: ChartColors = {
  series: ['#56b4e9', '#f0953f', '#3fc39a', '#e09ac4', '#e8d44d', '#8cc8f0', '#b9a3e3', '#a7b0b8', '#d98c7a', '#9ccc65'],
  text: '#e4e8eb',
  muted: '#a7b0b8',
  line: '#343a40',
  surface: '#1d2125',
};
