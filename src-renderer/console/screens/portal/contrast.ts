/** How a brand colour reads, by WCAG 2.2: 4.5:1 for text, 3:1 for large text and the edges of controls. */
export interface ContrastReport {
  /** White or ink, whichever reads better on a button of this colour. */
  readonly textOnButton: '#FFFFFF' | '#1C2024';
  readonly buttonRatio: number;
  /** The colour as text and links on the page's white. */
  readonly linkRatio: number;
  readonly isReadable: boolean;
  /** The nearest darker shade of the same hue that reads everywhere; null when the colour does already. */
  readonly suggestion: string | null;
}

const page = '#FFFFFF';
const ink = '#1C2024';
const readable = 4.5;

export function isHexColour(value: string): boolean {
  return /^#[0-9a-f]{6}$/iu.test(value);
}

export function contrastOf(accent: string): ContrastReport {
  const onWhite = contrastRatio(accent, page);
  const onInk = contrastRatio(accent, ink);
  const linkRatio = onWhite;
  const isReadable = linkRatio >= readable;
  return {
    textOnButton: onWhite >= onInk ? page : ink,
    buttonRatio: Math.max(onWhite, onInk),
    linkRatio,
    isReadable,
    suggestion: isReadable ? null : darkenUntilReadable(accent),
  };
}

/** WCAG 2.2, definition of contrast ratio: 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [lighter = 1, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** "4.6:1", rounded down so that a colour that just fails never reads as one that passes. */
export function ratioLabel(ratio: number): string {
  return `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`;
}

function channels(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** WCAG 2.2, definition of relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function darkenUntilReadable(hex: string): string {
  const original = channels(hex);
  for (let percent = 98; percent >= 0; percent -= 2) {
    const shade = `#${original
      .map((value) =>
        Math.round((value * percent) / 100)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`.toUpperCase();
    if (contrastRatio(shade, page) >= readable) return shade;
  }
  return ink;
}
