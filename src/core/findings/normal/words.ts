// Words that say nothing about which flaw a text is about, because most reports hold them.
const COMMON = new Set(
  (
    'the of and to in is be by for on or via as with at an it that this from are not which when can could may has have had was were ' +
    'all also any been before after than then into through using used use due its does do no if other more via cve ghsa cwe issue ' +
    'vulnerability vulnerabilities vulnerable attacker attackers allow allows allowing remote local user users code version versions ' +
    'affected execute execution arbitrary crafted certain possible potentially lead leads leading cause causes result exploit product ' +
    'software security bug flaw found discovered exists application file function data value input request allowed malicious'
  ).split(' '),
)

const WORD = /[a-z0-9]+(?:[._:\-/][a-z0-9]+)*/g
const TEXT_MAX = 8_192

/** The words of a text in order, lower case, names with dots, colons and slashes in one piece; at most 8,192 characters are read. */
export function wordsOf(text: string): string[] {
  return text.slice(0, TEXT_MAX).toLowerCase().replaceAll('_', '-').match(WORD) ?? []
}

/** The words that tell one text from another, each once, in order, at most `most`. */
export function tellingWords(words: readonly string[], most: number): string[] {
  const out = new Set<string>()
  for (const word of words) {
    if (word.length < 3 || COMMON.has(word)) continue
    out.add(word)
    if (out.size >= most) break
  }
  return [...out]
}

/** A text reduced to what two copies of it share: its words alone, one blank between. `words` are its words by `wordsOf`. */
export function flattened(text: string, words: readonly string[]): string {
  // `wordsOf` knows ASCII only; a text in another script is read letter by letter of Unicode, which is slower.
  if (!/[\u0080-\uffff]/.test(text)) return words.join(' ')
  return text
    .slice(0, TEXT_MAX)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
