import type { EChartsType } from 'echarts/core';
import type { ResultTable } from '@/api/types';
import { formatCell } from '@/shared/format/values';

export function downloadSvg(chart: EChartsType, title: string) {
  save(new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' }), `${fileName(title)}.svg`);
}

/** Draws the SVG into a canvas at twice its size: sharp on slides, without a second renderer. */
export async function downloadPng(chart: EChartsType, title: string, background: string) {
  const scale = 2;
  const image = new Image();
  const address = URL.createObjectURL(new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();

    const canvas = document.createElement('canvas');
    canvas.width = chart.getWidth() * scale;
    canvas.height = chart.getHeight() * scale;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);

    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png) save(png, `${fileName(title)}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Tab-separated, which spreadsheets paste as cells. */
export function tableAsText(table: ResultTable): string {
  const flat = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const head = table.columns.map((column) => flat(column.label));
  const rows = table.rows.map((row) => table.columns.map((column, index) => flat(formatCell(row[index], column))));
  return [head, ...rows].map((cells) => cells.join('\t')).join('\n');
}

const fileName = (title: string) => title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 80) || 'chart';

function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
