/**
 * Leaves out of Vega's SVG what a page that names its pictures itself has no use for, and digits behind
 * the hundredth of a pixel. Text stays as it is: Vega escapes it, so no text holds a tag.
 */
export function slim(svg: string): string {
  return svg
    .replace(/<[a-z][^>]*>/g, (tag) =>
      tag
        .replace(/ (?:aria-[a-z]+|role|pointer-events|xmlns:xlink|version)="[^"]*"/g, '')
        .replace(/ (?:opacity|stroke-width)="1"/g, '')
        .replace(/\d+\.\d{3,}(?:e-\d+)?/g, (number) =>
          String(Math.round(Number(number) * 100) / 100),
        ),
    )
    .replace(/<path class="(?:fore|back)ground"[^>]*\/>/g, '')
}
