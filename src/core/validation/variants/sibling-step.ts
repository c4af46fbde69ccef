import { type Step, splice } from './byte-steps.ts'

// Other forms of what an input does on purpose. A patch that knows one form of a path that climbs, a command that is smuggled in,
// a format directive or a name of the prototype silences this input only.
const SIBLINGS: readonly { readonly of: RegExp; readonly forms: readonly string[] }[] = [
  { of: /\.\.[\\/]/g, forms: ['../', '..//', './../', '.././', 'x/../../', '../x/../', '..\\', '%2e%2e/', '....//', '../../'] },
  { of: /;\s?|&&?|\|\|?/g, forms: ['; ', '\n', '&&', '||', '|', '&'] },
  { of: /[;&|]\s?([^;&|"'\n]{1,200})/g, forms: ['$($1)', '`$1`', '\n$1\n'] },
  { of: /%[0-9$*.-]{0,6}([snxdpc])/g, forms: ['%$1', '%1$1', '%20$1', '%-9$1', '%.3$1', '%l$1', '%%%$1', '%s', '%n', '%c%s'] },
  {
    of: /(["'])__proto__\1(\s?:\s?)(\{[^{}]{0,400}\})/g,
    forms: ['$1constructor$1$2{$1prototype$1$2$3}', '$1a$1$2{$1__proto__$1$2$3}'],
  },
  { of: /__proto__/g, forms: ['constructor.prototype', 'constructor][prototype', '__proto__.__proto__'] },
]
const SCAN = 65_536

/** One such form becomes another of its kind; what holds none stays as it is. */
export const sibling: Step = (text, chance) => {
  const found = SIBLINGS.flatMap(({ of, forms }) =>
    [...text.slice(0, SCAN).matchAll(of)].slice(0, 50).map((match) => ({ match, forms })),
  )
  if (found.length === 0) return text
  const { match, forms } = chance.pick(found)
  const form = chance.pick(forms).replace(/\$([1-3])/g, (_, n: string) => match[Number(n)] ?? '')
  return splice(text, match.index, match[0].length, form)
}
