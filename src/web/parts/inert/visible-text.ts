/** A stretch of text as it came, or one character that would not be seen, written out as `[U+202E]`. */
export interface Stretch {
  readonly text: string
  readonly seen: boolean
}

// What changes the direction of text, takes no room, or drives a terminal: control characters but tab and newline, soft hyphen,
// joiners, fillers, bidi marks, embeddings and isolates, line separators, byte order marks, tags, interlinear marks, variation
// selectors beyond the first sixteen, and lone surrogates.
const UNSEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of these is meant by itself, joiners above all
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** Hostile text cut into what may be shown as it is and what must be written out. Carriage returns before a newline are dropped. */
export function stretches(text: string, limit = 200_000): Stretch[] {
  const out: Stretch[] = []
  const body = (text.length > limit ? text.slice(0, limit) : text).replaceAll('\r\n', '\n')
  let from = 0
  for (const found of body.matchAll(UNSEEN)) {
    if (found.index > from) out.push({ text: body.slice(from, found.index), seen: false })
    out.push({ text: named(found[0]), seen: true })
    from = found.index + found[0].length
  }
  if (from < body.length) out.push({ text: body.slice(from), seen: false })
  return out
}

/** The same as one plain string: for titles, labels and attributes. */
export function visibleText(text: string, limit = 2_000): string {
  return stretches(text, limit)
    .map((stretch) => stretch.text)
    .join('')
}

function named(character: string): string {
  return `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`
}
