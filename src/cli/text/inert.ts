// Other people's text on somebody's terminal: nothing in it may move the cursor, change colours, turn the direction of what
// follows or hide. Control, format, private, unassigned and default-ignorable characters, line separators, lone surrogates.
const ALIVE = /[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu
const LONGEST = 300

/** Text as one line that a terminal only shows: what is not plain becomes `\x1b` or `\u{202e}`; at most `longest` characters. Hostile. */
export function inert(text: string, longest = LONGEST): string {
  // A character is two units at most, and every one gives at least one: more than that is never shown.
  const pieces: string[] = []
  let length = 0
  let cut = text.length > longest * 2
  for (const character of text.slice(0, longest * 2)) {
    const piece = character.search(ALIVE) < 0 ? character : visible(character)
    const size = piece === character ? 1 : piece.length
    pieces.push(piece)
    length += size
    if (length > longest) {
      cut = true
      break
    }
  }
  if (!cut) return pieces.join('')
  while (pieces.length > 0 && length > longest - 1) {
    const last = pieces.pop()!
    length -= [...last].length
  }
  return `${pieces.join('')}…`
}

/** JSON text (well formed) with the same characters in its strings written as `\uXXXX`: the same value, and safe to look at. */
export function inertJson(json: string): string {
  // A line's end stands between values only; in a string JSON has it escaped already.
  return json.replace(ALIVE, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
          '',
        ),
  )
}

function visible(character: string): string {
  const code = character.codePointAt(0)!
  if (code === 10) return '\\n'
  if (code === 9) return '\\t'
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
