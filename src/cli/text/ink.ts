/** The few ways a word can look: two weights, dim, alarm and soon. Colour never says anything that the words do not. */
export interface Ink {
  readonly strong: (text: string) => string
  readonly dim: (text: string) => string
  readonly alarm: (text: string) => string
  readonly soon: (text: string) => string
}

const plain = (text: string) => text
const PLAIN: Ink = { strong: plain, dim: plain, alarm: plain, soon: plain }
const within = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
const COLOUR: Ink = { strong: within(1, 22), dim: within(2, 22), alarm: within(31, 39), soon: within(33, 39) }

/** Ink for a stream: plain unless it is a terminal that can do more and NO_COLOR (no-color.org) is unset or empty. */
export function inkFor(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Ink {
  return stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb' ? COLOUR : PLAIN
}
