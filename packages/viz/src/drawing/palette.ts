/** A drawing is made for one of two grounds. */
export type Theme = "light" | "dark";

/** The colours of a theme. Everything they say is also said by a shape, a line style or a word. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  /** Borders of nodes, and edges that carry no gradient. */
  readonly line: string;
  /** Borders of scopes. */
  readonly frame: string;
  /** A gradient that is exactly 0. */
  readonly zero: string;
  /** NaN and infinity. */
  readonly broken: string;
  /** The classes g0 … g5, viridis; the largest contrasts most with the ground. */
  readonly levels: readonly string[];
  /** The fill of a node by its class. */
  readonly fills: Readonly<Record<Fill, string>>;
}

export type Fill = "input" | "parameter" | "constant" | "op" | "output" | "dead" | "broken";

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: "#ffffff",
    text: "#1a1a1a",
    line: "#595959",
    frame: "#8c8c8c",
    zero: "#767676",
    broken: "#b2182b",
    levels: ["#1f9e89", "#26828e", "#31688e", "#3e4989", "#482878", "#440154"],
    fills: {
      input: "#e8f1fb",
      parameter: "#fdf3d8",
      constant: "#ffffff",
      op: "#f7f7f7",
      output: "#e6f5e6",
      dead: "#ffffff",
      broken: "#ffffff",
    },
  },
  dark: {
    ground: "#121212",
    text: "#f2f2f2",
    line: "#a6a6a6",
    frame: "#7d7d7d",
    zero: "#8f8f8f",
    broken: "#ef8a62",
    levels: ["#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"],
    fills: {
      input: "#17334f",
      parameter: "#4a3a0f",
      constant: "#121212",
      op: "#2b2b2b",
      output: "#173d22",
      dead: "#121212",
      broken: "#121212",
    },
  },
};
