// Derives from one brand colour every colour the pages need, so that each pair of text and ground is readable
// (WCAG 2.2, 1.4.3: 4.5 to 1) whatever the brand is. Lightness is moved in OKLCH (Ottosson 2020), which keeps the hue.

type Rgb = readonly [red: number, green: number, blue: number];

/** The colours of one scheme as CSS knows them. */
export interface AccentColours {
  /** Ground of buttons and of what is chosen. */
  readonly fill: string;
  /** Text on `fill`. */
  readonly onFill: string;
  /** Links, focus rings, marks: readable on the page, on cards and on `soft`. */
  readonly ink: string;
  /** A tint for large areas. */
  readonly soft: string;
}

const white: Rgb = [255, 255, 255];
const readable = 4.5;
// On dark grounds a little more, or the brand looks dull.
const vivid = 6.2;
const step = 0.01;

// Grounds and texts of resources/portal/portal.css; the two files change together.
const light = { page: '#FBFAF8', text: '#1C2024', softShare: 0.1 };
const dark = { page: '#1B1E21', text: '#0C1413', softShare: 0.18 };

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toHex(colour: Rgb): string {
  return `#${colour
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function toLinear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function fromLinear(share: number): number {
  return 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);
}

/** Relative luminance, WCAG 2.2. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}

/** The contrast of two colours in hex, 1 to 21. */
export function contrast(left: string, right: string): number {
  const [a, b] = [luminance(parse(left)), luminance(parse(right))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

interface Oklch {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

function toOklab(colour: Rgb): Oklch {
  const [red, green, blue] = [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function linearOf({ lightness, a, b }: Oklch): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The colour at another lightness, as colourful as the screen can show it. */
function atLightness(colour: Oklch, lightness: number): string {
  for (let share = 1; share > 0; share -= 0.05) {
    const linear = linearOf({ lightness, a: colour.a * share, b: colour.b * share });
    if (linear.every((channel) => channel >= -0.0005 && channel <= 1.0005)) return toHex([fromLinear(linear[0]), fromLinear(linear[1]), fromLinear(linear[2])]);
  }
  return toHex([fromLinear(lightness ** 3), fromLinear(lightness ** 3), fromLinear(lightness ** 3)]);
}

/** Moves the colour's lightness, up or down, until it is readable on every ground. */
function readableOn(hex: string, grounds: readonly string[], direction: 1 | -1): string {
  const wanted = direction === 1 ? vivid : readable;
  const given = toOklab(parse(hex));
  // A colour that is made lighter fades; a little more of it makes up for that.
  const colour = direction === 1 ? { ...given, a: given.a * 1.25, b: given.b * 1.25 } : given;
  let candidate = hex;
  for (let lightness = colour.lightness; lightness >= 0 && lightness <= 1; lightness += direction * step) {
    candidate = lightness === colour.lightness ? hex : atLightness(colour, lightness);
    if (grounds.every((ground) => contrast(candidate, ground) >= wanted)) return candidate;
  }
  return direction === 1 ? '#ffffff' : '#000000';
}

function mix(top: string, ground: string, share: number): string {
  const [a, b] = [parse(top), parse(ground)];
  return toHex([a[0] * share + b[0] * (1 - share), a[1] * share + b[1] * (1 - share), a[2] * share + b[2] * (1 - share)]);
}

function lightColours(accent: string): AccentColours {
  const soft = mix(accent, toHex(white), light.softShare);
  const ink = readableOn(accent, [toHex(white), light.page, soft], -1);
  // A bright brand keeps its colour under dark text; anything between is darkened a little for white text.
  if (contrast(accent, toHex(white)) >= readable) return { fill: accent, onFill: '#ffffff', ink, soft };
  if (contrast(accent, light.text) >= readable + 1.5) return { fill: accent, onFill: light.text.toLowerCase(), ink, soft };
  return { fill: readableOn(accent, [toHex(white)], -1), onFill: '#ffffff', ink, soft };
}

function darkColours(accent: string): AccentColours {
  const soft = mix(accent, dark.page, dark.softShare);
  const ink = readableOn(accent, [dark.page, soft, dark.text], 1);
  return { fill: ink, onFill: dark.text.toLowerCase(), ink, soft };
}

/** The colours of both schemes for a brand colour in sRGB hex. */
export function accentColours(accent: string): { readonly light: AccentColours; readonly dark: AccentColours } {
  const lower = accent.toLowerCase();
  return { light: lightColours(lower), dark: darkColours(lower) };
}

function declarations({ fill, onFill, ink, soft }: AccentColours): string {
  return `--fill:${fill};--on-fill:${onFill};--accent:${ink};--soft:${soft}`;
}

/** The style sheet that sets them. Holds nothing but colours worked out above. */
export function accentStyle(accent: string): string {
  const colours = accentColours(accent);
  return `:root{${declarations(colours.light)}}@media(prefers-color-scheme:dark){:root{${declarations(colours.dark)}}}`;
}
