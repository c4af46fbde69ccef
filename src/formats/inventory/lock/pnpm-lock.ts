import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

interface Entry {
  readonly key: string
  readonly line: number
  name: string | null
  version: string | null
}

/** Reads pnpm-lock.yaml of the formats 5 to 9: the keys below `packages`, which pnpm always writes one a line. */
export function pnpmLockPart(sink: ItemSink): LinePart {
  let format = 9
  let inPackages = false
  let entry: Entry | null = null
  const close = (): void => {
    if (entry === null) return
    const { key, line, name, version } = entry
    entry = null
    const [named, locked] = format < 6 ? beforeSix(key) : sinceSix(key)
    const whole = name ?? named
    if (whole === '') sink.unmatched('no-identity', `line ${line}`, key)
    else sink.draft(lockedDraft('npm', whole, version ?? (/^\d/.test(locked) ? locked : null), `line ${line}`))
  }
  return {
    line(text, number) {
      const body = text.trimEnd()
      if (body === '' || body.startsWith('#')) return
      if (!body.startsWith(' ')) {
        close()
        const stated = /^lockfileVersion: ['"]?(\d{1,3})/.exec(body)
        if (stated) {
          format = Number(stated[1])
          sink.recognised = true
        }
        inPackages = body === 'packages:'
        return
      }
      if (!inPackages) return
      if (body.startsWith('  ') && body[2] !== ' ') {
        close()
        const key = keyOf(body.slice(2))
        if (key === null) sink.unmatched('wrong-shape', `line ${number}`, body)
        else entry = { key, line: number, name: null, version: null }
      } else if (entry !== null && body.startsWith('    ') && body[4] !== ' ') {
        const [, field, value] = /^ {4}(name|version): ['"]?([^'"]*)['"]?$/.exec(body) ?? []
        if (field === 'name') entry.name = value!
        else if (field === 'version') entry.version = value!
      }
    },
    end: close,
  }
}

function keyOf(text: string): string | null {
  const quote = text[0]
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(quote, 1)
    return end > 0 && text[end + 1] === ':' ? text.slice(1, end) : null
  }
  // A colon within a key is not followed by a space.
  const end = text.endsWith(':') ? text.length - 1 : text.indexOf(': ')
  return end > 0 ? text.slice(0, end) : null
}

/** `/@scope/name/1.0.0_peers`, perhaps with the registry's host in front. */
function beforeSix(key: string): readonly [string, string] {
  const slash = key.indexOf('/')
  const path = key.slice(slash + 1)
  const scoped = path.startsWith('@')
  const [first = '', second = '', third = ''] = path.split('/', 3)
  const version = scoped ? third : second
  const end = version.indexOf('_')
  return [scoped ? `${first}/${second}` : first, end < 0 ? version : version.slice(0, end)]
}

/** `/name@1.0.0(peers)` of 6, `name@1.0.0` of 9. */
function sinceSix(key: string): readonly [string, string] {
  const path = key.startsWith('/') ? key.slice(1) : key
  const paren = path.indexOf('(')
  const bare = paren < 0 ? path : path.slice(0, paren)
  const at = bare.indexOf('@', 1)
  return at < 0 ? [bare, ''] : [bare.slice(0, at), bare.slice(at + 1)]
}
