// Load the bundled Arabic fonts for the whole page. A @font-face inside a shadow root is ignored,
// so they are registered with the document.

const ARABIC = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200E, U+2010-2011, U+204F, U+2E41, U+FB50-FDFF, U+FE80-FEFC";

/** @param {{family: string, weight: string, file: string}[]} fonts */
export function loadFonts(fonts, folder) {
  for (const { family, weight, file } of fonts) {
    const known = [...document.fonts].some((face) => face.family === family && face.weight === weight);
    if (known) continue;
    const source = `url("${new URL(folder + file, location.origin).href}") format("woff2")`;
    const face = new FontFace(family, source, { weight, unicodeRange: ARABIC, display: "swap" });
    document.fonts.add(face);
    face.load().catch(() => {}); // the system's Arabic font is shown instead
  }
}
