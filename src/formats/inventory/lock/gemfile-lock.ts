import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

const SPEC = /^ {4}(\S+) \(([^)]*)\)$/
const SECTIONS: ReadonlySet<string> = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'])

/** Reads Gemfile.lock: the specifications four spaces in. What follows a dash in a version is a platform, for no gem's version has one. */
export function gemfileLockPart(sink: ItemSink): LinePart {
  let section = ''
  return {
    line(text, number) {
      if (text !== '' && !text.startsWith(' ')) {
        section = text.trimEnd()
        if (SECTIONS.has(section)) sink.recognised = true
        return
      }
      if (!SECTIONS.has(section) || !text.startsWith('    ') || text[4] === ' ') return
      const [, name, stated] = SPEC.exec(text) ?? []
      if (name === undefined) {
        sink.unmatched('wrong-shape', `line ${number}`, text.trim())
        return
      }
      const dash = stated!.indexOf('-')
      const version = dash < 0 ? stated! : stated!.slice(0, dash)
      const draft = lockedDraft('gem', name, version, `line ${number}`)
      const platform = dash < 0 ? null : stated!.slice(dash + 1)
      sink.draft(
        platform === null ? draft : { ...draft, implied: { type: 'gem', namespace: null, name, qualifiers: { platform } } },
      )
    },
    end() {},
  }
}
