const OLDER = '(?:earlier|prior|previous|older|lower|below)'
const NEWER = '(?:later|newer|higher|above)'
const VERSION = '(\\S{1,200})'
const HEAD = '^(?:all )?(?:versions? )?'
const TAIL = '(?: versions?)?$'

/** What makers say in words, and the signs that mean it. `through` takes both ends in, for then nothing affected is left out. */
const SPOKEN: readonly (readonly [RegExp, (a: string, b: string) => string])[] = [
  [new RegExp(`${HEAD}${VERSION} (?:and|or) (?:all )?${OLDER}${TAIL}`, 'i'), (a) => `<=${a}`],
  [new RegExp(`${HEAD}${VERSION} (?:and|or) (?:all )?${NEWER}${TAIL}`, 'i'), (a) => `>=${a}`],
  [new RegExp(`${HEAD}(?:prior to|before|(?:earlier|older|lower) than|below) (?:version )?${VERSION}$`, 'i'), (a) => `<${a}`],
  [new RegExp(`${HEAD}up to(?: and including)? (?:version )?${VERSION}$`, 'i'), (a) => `<=${a}`],
  [
    new RegExp(`${HEAD}(?:from )?(?:version )?${VERSION} (?:through|thru|to|up to) (?:version )?${VERSION}$`, 'i'),
    (a, b) => `>=${a}|<=${b}`,
  ],
]

/** `2.0 and earlier`, `prior to 2.0`, `2.0 through 3.0` in signs, `<=2.0`; any other text as it is. Linear in length. */
export function signedBounds(text: string): string {
  if (text.length > 500) return text
  const plain = text.trim().replace(/\s+/g, ' ')
  for (const [pattern, say] of SPOKEN) {
    const [, a = '', b = ''] = pattern.exec(plain) ?? []
    if (/\d/.test(a) && (b === '' || /\d/.test(b)) && !/[<>=|,]/.test(a + b)) return say(a, b)
  }
  return text
}
