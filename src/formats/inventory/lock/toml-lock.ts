import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft, namedDraft } from '../package-named.ts'

interface Entry {
  readonly line: number
  name: string | null
  version: string | null
  /** It comes from a folder or is the project itself: no registry is asked for it. */
  local: boolean
}

/** uv's words for the project itself and for folders. */
const LOCAL = /^\{ ?(?:virtual|editable|directory|path) =/

/**
 * Reads lock files that list `[[package]]` tables in TOML, as Cargo, Poetry and uv write them: plain keys, one a line. In Cargo's a
 * package without a source is a member of the workspace; in Poetry's and uv's a folder says so itself: no registry knows those.
 */
export function tomlLockPart(sink: ItemSink, type: 'cargo' | 'pypi'): LinePart {
  let entry: Entry | null = null
  let inTable = false
  let inSource = false
  /** What closes the list or text that was opened on an earlier line. */
  let until: string | null = null
  const close = (): void => {
    if (entry === null) return
    const { line, name, version, local } = entry
    entry = null
    const place = `line ${line}`
    if (name === null) sink.unmatched('no-identity', place, '[[package]]')
    else if (local) sink.draft(namedDraft(name, version, place))
    else sink.draft(lockedDraft(type, name, version, place))
  }
  return {
    line(text, number) {
      const body = text.trim()
      if (until !== null) {
        if (until === ']' ? body === ']' || body === '],' : body.includes(until)) until = null
        return
      }
      if (body.startsWith('[')) {
        inTable = body === '[[package]]'
        inSource = body === '[package.source]'
        if (inTable || !body.startsWith('[package.')) close()
        if (inTable) {
          sink.recognised = true
          entry = { line: number, name: null, version: null, local: type === 'cargo' }
        }
        return
      }
      const equals = body.indexOf('=')
      if (equals < 0) return
      const key = body.slice(0, equals).trim()
      const value = body.slice(equals + 1).trim()
      if (value === '[') until = ']'
      else if ((value.startsWith('"""') && value.indexOf('"""', 3) < 0) || value === '"""') until = '"""'
      if (inSource && key === 'type' && entry !== null) entry.local = /^"(?:directory|file)"$/.test(value)
      if (!inTable || entry === null) return
      const said = /^(["'])(.*)\1$/.exec(value)?.[2] ?? null
      if (key === 'name') entry.name = said
      else if (key === 'version') entry.version = said
      else if (key === 'source') entry.local = LOCAL.test(value)
    },
    end: close,
  }
}
