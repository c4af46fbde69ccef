import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { DebianPackages } from './dpkg-status.ts'

const LINE = /^([uihrp])([ncHUFWti])[R ]? +(\S+) +(\S+)(?: +(\S+))?/

/** Reads what `dpkg -l` prints: the lines of installed packages. Where a quarter of the versions say Ubuntu, all are Ubuntu's. */
export function dpkgListPart(sink: ItemSink): LinePart {
  const packages = new DebianPackages(sink)
  return {
    line(text, number) {
      if (text.startsWith('||/ Name')) sink.recognised = true
      if (text.trim() === '' || /^(?:Desired=|[| ]*[|+/]|[+|]{2,3}[-=])/.test(text)) return
      const found = LINE.exec(text)
      if (found === null) {
        sink.unmatched('wrong-shape', `line ${number}`, text)
        return
      }
      sink.recognised = true
      const [, , state, stated, version, arch = null] = found
      // Not installed, or only its settings are left.
      if (state === 'n' || state === 'c') return
      const name = stated!.split(':')[0]!
      packages.take({ name, version: version!, arch, upstream: null }, version!.includes('ubuntu'), number)
    },
    end() {
      packages.end()
    },
  }
}
