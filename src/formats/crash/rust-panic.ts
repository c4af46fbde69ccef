import { parsePlace } from './frame-line.ts'
import { readLooseStack, readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const OLD = /thread '[^']{0,200}'(?: \(\d{1,12}\))? panicked at '(.{0,2000})', ([^\s,]{1,500}:\d{1,9}:\d{1,9})/
const NEW = /thread '[^']{0,200}'(?: \(\d{1,12}\))? panicked at ([^\s']{1,500}:\d{1,9}:\d{1,9}):?$/

/** Rust panics, in the form before and since Rust 1.73, with the backtrace where it was printed. */
export const RUST_PANIC: Family = {
  weigh: (line) => (line.includes("' panicked at ") || NEW.test(line) || OLD.test(line) ? 'claim' : null),
  read(lines, at, until) {
    const line = lines[at]!
    const old = OLD.exec(line)
    const place = parsePlace(old?.[2] ?? NEW.exec(line)?.[1] ?? '')
    const message = (
      old?.[1] ??
      (NEW.test(line) ? lines[at + 1] : undefined) ??
      line.slice(line.indexOf('panicked at ') + 12)
    ).trim()
    const native = readStack(lines, at + 1, Math.min(until, at + 600), 24).frames
    const stack = native.length > 0 ? native : readLooseStack(lines, at + 1, until)
    const own = { symbol: null, ...place, module: null }
    return {
      crash: crashOf('other', 'panic'),
      stack: stack.length > 0 || place.path === null ? stack : [own],
      otherStacks: [],
      message,
    }
  },
}
