import { makePurl } from '../core/kernel/purl/parts.ts'
import { formatPurl } from '../core/kernel/purl.ts'
import { drawing, type FormedComponent } from './inventory-forms.ts'

const TYPES = ['library', 'framework', 'operating-system', 'device', 'firmware', 'container', 'application', 'file'] as const
const KINDS = ['npm', 'maven', 'golang', 'deb', 'pypi', 'cargo', 'gem', 'composer', 'nuget', 'rpm'] as const
const NAMED: ReadonlySet<string> = new Set(['maven', 'deb', 'composer', 'rpm'])
const GROUPED: ReadonlySet<string> = new Set(['npm', 'golang', ...NAMED])
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ODD = 'aZ &<>"\'{}[]:@é☃😀.-_'

/** An inventory of up to `most` components of all kinds, drawn by a seed: the same on every machine. */
export function drawInventory(seed: number, most: number): FormedComponent[] {
  const draw = drawing(seed)
  const upTo = (count: number): number => Math.floor(draw() * count)
  const from = (letters: string, least: number, longest: number): string => {
    const characters = [...letters]
    return Array.from({ length: least + upTo(longest - least) }, () => characters[upTo(characters.length)]!).join('')
  }
  const version = (): string =>
    `${upTo(300)}.${upTo(40)}.${upTo(9)}${draw() < 0.2 ? `-${from(LETTERS, 1, 6)}+${from(LETTERS, 1, 4)}` : ''}`
  return Array.from({ length: upTo(most + 1) }, (): FormedComponent => {
    const type = TYPES[upTo(TYPES.length)]!
    const at = draw() < 0.9 ? version() : null
    const kind = draw()
    if (kind < 0.15)
      return {
        purl: null,
        cpe: null,
        group: draw() < 0.3 ? from(LETTERS, 2, 9) : null,
        name: `x${from(ODD, 0, 9)}x`,
        version: at,
        type,
      }
    const name = `p${from(LETTERS, 1, 12)}`
    if (kind < 0.25) {
      const stated = at ?? '1.0'
      const cpe = `cpe:2.3:a:v${from(LETTERS, 1, 8)}:${name}:${stated.replace(/\+/g, '\\+')}:*:*:*:*:*:*:*`
      return { purl: null, cpe, group: null, name, version: stated, type }
    }
    const purl = KINDS[upTo(KINDS.length)]!
    const namespace = NAMED.has(purl) || (GROUPED.has(purl) && draw() < 0.5) ? `g${from(LETTERS, 1, 9)}` : null
    const qualifiers = (purl === 'deb' || purl === 'rpm') && draw() < 0.7 ? { arch: 'amd64', epoch: String(upTo(3)) } : null
    const made = makePurl({ type: purl, namespace, name, version: at, qualifiers })
    if (!made.ok) throw new Error(made.why)
    return { purl: formatPurl(made.purl), cpe: null, group: namespace, name, version: at, type }
  })
}
