export { renderToFile } from "./svg/file.js";
export type { Engine } from "./svg/layout.js";
export { type RenderOptions, renderSvg } from "./svg/render.js";
