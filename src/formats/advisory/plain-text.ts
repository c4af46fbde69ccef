// Text of an advisory is hostile: it may carry controls, characters that turn the reading direction, or halves of characters.

// C0 without tab and line feed, DEL, C1, the controls of direction, line and paragraph separators, and what XML 1.0 (2.2) refuses.
const UNSEEMLY = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g

/** Well-formed text with line feeds and tabs only; every other control is shown as U+FFFD. Its length does not grow. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(UNSEEMLY, '\ufffd')
}

/** The same on one line, without blanks at its ends. */
export function plainLine(text: string): string {
  return plainText(text)
    .replace(/[\n\t]/g, ' ')
    .trim()
}

/** At most `most` UTF-16 units; where something is cut it ends in an ellipsis, and no character is cut in half. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
