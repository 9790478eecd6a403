// Dark twins of the charts' colours. Those with a meaning are named in tokens.css; shades of grey are
// turned over here so that light ink stands on the twin as clearly as dark ink on the shade, and a
// hue stays what it is.
const COLOUR = /#[0-9a-f]{6}\b|rgb\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\)/gi;
const INK = { light: 0.0144, dark: 0.813 };
const PAPER = 0.0143;
const GREY = 40;

// Made by script, so that the page may forbid every other style element; in a layer, so that what
// tokens.css names wins.
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
const known = new Set();

const parts = (colour) =>
  colour.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : colour.match(/\d+/g).map(Number);

const clipped = (value, low, high) => Math.min(high, Math.max(low, value));

function hued([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => part / 255);
  const high = Math.max(r, g, b);
  const low = Math.min(r, g, b);
  const light = (high + low) / 2;
  const full = (high - low) / (1 - Math.abs(2 * light - 1));
  const turn = high === r ? ((g - b) / (high - low) + 6) % 6
    : high === g ? (b - r) / (high - low) + 2 : (r - g) / (high - low) + 4;
  const turned = clipped(0.73 - 1.02 * (light - 0.41), 0.14, 0.85);
  return `hsl(${Math.round(60 * turn)} ${Math.round(90 * full)}% ${Math.round(100 * turned)}%)`;
}

const linear = (part) => (part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const gamma = (light) => Math.round(255 * (light <= 0.0031 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

export function twin(rgb) {
  if (Math.max(...rgb) - Math.min(...rgb) > GREY) return hued(rgb);
  const contrast = (luminance(rgb) + 0.05) / (INK.light + 0.05);
  const grey = gamma(clipped((INK.dark + 0.05) / contrast - 0.05, PAPER, INK.dark));
  return `rgb(${grey - 2} ${grey} ${grey + 2})`;
}

function tone(colour) {
  const rgb = parts(colour.toLowerCase());
  const name = rgb.map((part) => part.toString(16).padStart(2, "0")).join("");
  if (!known.has(name)) {
    known.add(name);
    sheet.insertRule(`@layer tones{@media screen and (prefers-color-scheme: dark){:root{--tone-${name}:${twin(rgb)}}}}`);
  }
  return `var(--tone-${name}, ${colour})`;
}

export const tinted = (text) => text.replace(COLOUR, tone);
