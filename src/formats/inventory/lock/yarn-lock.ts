import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

interface Entry {
  readonly spec: string
  readonly line: number
  version: string | null
  resolution: string | null
}

/** Reads yarn.lock of Yarn 1 and of Yarn 2 and later. Members of the workspace itself are passed over: nothing was installed. */
export function yarnLockPart(sink: ItemSink): LinePart {
  let entry: Entry | null = null
  const close = (): void => {
    if (entry === null) return
    const { spec, line, version, resolution } = entry
    entry = null
    const [name, range] = split(resolution ?? spec)
    if (/^(?:workspace|link|portal):/.test(range)) return
    sink.draft(lockedDraft('npm', aliased(name, range, resolution !== null), version, `line ${line}`))
  }
  return {
    line(text, number) {
      if (text.startsWith('# yarn lockfile') || text.startsWith('__metadata:')) sink.recognised = true
      if (text.trim() === '' || text.startsWith('#')) return
      if (!text.startsWith(' ')) {
        close()
        const spec = firstSpec(text)
        if (spec === '__metadata') return
        if (spec === null || spec.indexOf('@', 1) < 0) sink.unmatched('wrong-shape', `line ${number}`, text)
        else entry = { spec, line: number, version: null, resolution: null }
        return
      }
      if (entry === null || !text.startsWith('  ') || text[2] === ' ') return
      const [, key, value] = /^ {2}(version|resolution):? "?([^"]*)"?$/.exec(text) ?? []
      if (key === 'version') entry.version = value === '' ? null : value!
      else if (key === 'resolution') entry.resolution = value!
    },
    end: close,
  }
}

/** The first of the specifiers that share an entry: `"@a/b@^1.0.0", "@a/b@^1.1.0":`. */
function firstSpec(text: string): string | null {
  const body = text.trimEnd()
  if (!body.endsWith(':')) return null
  const quoted = body.startsWith('"')
  const end = quoted ? body.indexOf('"', 1) : body.indexOf(',')
  const first = quoted ? body.slice(1, end < 0 ? -1 : end) : body.slice(0, end < 0 ? -1 : end)
  const comma = first.indexOf(', ')
  return comma < 0 ? first : first.slice(0, comma)
}

function split(spec: string): readonly [string, string] {
  const at = spec.indexOf('@', 1)
  return at < 0 ? [spec, ''] : [spec.slice(0, at), spec.slice(at + 1)]
}

/** `alias@npm:real@^1.0.0` and `alias@npm:real` are the package `real`; a resolution names the real one itself. */
function aliased(name: string, range: string, resolved: boolean): string {
  if (resolved || !range.startsWith('npm:')) return name
  const at = range.lastIndexOf('@')
  return at > 4 ? range.slice(4, at) : range.slice(4)
}
