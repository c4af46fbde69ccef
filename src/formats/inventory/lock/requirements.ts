import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s
const PINNED = /^={2,3}\s*([^\s;,#*]+)\s*(?:[;#\s].*)?$/s

/** Reads requirements.txt of pip. Only `==` (and `===`) says which version is installed; a range names the package without one. */
export function requirementsPart(sink: ItemSink): LinePart {
  let joined = ''
  let from = 1
  const take = (text: string, number: number): void => {
    const body = text.replace(/(?:^|\s)#.*$/s, '').trim()
    if (body === '') return
    const place = `line ${number}`
    if (body.startsWith('-')) {
      // Other files and folders are named, not read; settings of pip name nothing.
      if (/^(?:-[erc]|--(?:editable|requirement|constraint))\b/.test(body)) sink.unmatched('no-identity', place, body)
      return
    }
    const [, name, rest] = NAME.exec(body) ?? []
    if (name === undefined || /^[:/\\+]/.test(rest!)) {
      sink.unmatched('no-identity', place, body)
      return
    }
    const version = PINNED.exec(rest!.split(' --')[0]!)?.[1] ?? null
    sink.draft(lockedDraft('pypi', name, version, place))
  }
  return {
    line(text, number) {
      sink.recognised = true
      if (joined === '') from = number
      if (text.endsWith('\\') && joined.length < sink.limits.textBytes) {
        joined += `${text.slice(0, -1)} `
        return
      }
      take(joined + text, from)
      joined = ''
    },
    end() {
      if (joined !== '') take(joined, from)
    },
  }
}
