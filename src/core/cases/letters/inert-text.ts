// Text of a letter comes from anyone. What leaves here has no control characters, no characters that turn the direction of
// reading, no invisible ones that hide a word, and line feeds as its only breaks. No text is longer than it was.

const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g
const HIDDEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
const BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text of any number of lines, made inert. Linear in its length. */
export function inertText(text: string): string {
  return text.replace(BREAKS, '\n').replace(LONE, '\ufffd').replace(CONTROLS, '').replace(HIDDEN, '')
}

/** One line made inert: breaks and tabs become blanks, and no more than `most` characters stay. */
export function inertLine(text: string, most: number): string {
  const line = inertText(text.slice(0, 4 * most))
    .replace(/[\n\t]+/g, ' ')
    .trim()
  return line.length <= most ? line : `${trimHalf(line.slice(0, most - 1))}…`
}

/** Without half a character at the end, which cutting leaves. */
function trimHalf(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}

/** The first `most` characters of a text, cut at a line where one ends near; null where nothing had to go. */
export function cutText(text: string, most: number): string | null {
  if (text.length <= most) return null
  const head = trimHalf(text.slice(0, Math.max(0, most)))
  const at = head.lastIndexOf('\n')
  return at > most / 2 ? head.slice(0, at) : head
}
