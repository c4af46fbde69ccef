const LONGEST = 300

/** A title of at most 300 characters on one line: what was given, else the first line of the text that says anything. */
export function titleOf(given: string | null, text: string): string {
  const source = given ?? firstLine(text)
  const line = source
    .slice(0, 4 * LONGEST)
    .replace(/[\u0000-\u0020\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  if (line.length <= LONGEST) return line.toWellFormed()
  // A cut inside a surrogate pair must not leave half a character behind.
  const cut = line.slice(0, LONGEST - 1)
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`.toWellFormed()
}

function firstLine(text: string): string {
  const head = text.slice(0, 64 * 1024).trimStart()
  const end = head.search(/[\r\n]/)
  return end < 0 ? head : head.slice(0, end)
}
