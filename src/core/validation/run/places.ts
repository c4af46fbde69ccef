// Where things lie inside a sandbox. What a harness sees never depends on names that a stranger chose.

/** A tree of the depot that is copied from, read-only. */
export const GIVEN_TREE = '/src/tree'
/** The tree as recipes know it. */
export const TREE = '/work/src'
/** Where sanitizers of a server write: its own standard error may lead elsewhere. */
export const SANITIZER_LOGS = '/tmp/weir-sanitizer'
/** Loads of a batch wait here until it is their turn. */
export const STAGED = '/in/.weir'
/** The driver's plan goes in on standard input; its report lies here. */
export const DRIVE_REPORT = '/out/weir-report.json'

const EXTENSION = /\.[A-Za-z0-9]{1,10}$/

/** The ending of a name, with its dot, where it is a plain one; interpreters and tools go by it. */
export function extensionOf(name: string): string {
  return EXTENSION.exec(name.slice(-32))?.[0] ?? ''
}

/** The path of the input file inside. */
export function inputPath(extension: string): string {
  return `/in/input${EXTENSION.test(extension) && extension.startsWith('.') && extension.length <= 11 ? extension : ''}`
}

/** Where a further file of a stranger's name lies inside: always below /in, never hidden, never the input itself. */
export function besidePath(name: string): string {
  const parts: string[] = []
  for (const part of name.slice(0, 400).split(/[\\/]/)) {
    const plain = part
      .replace(/[^A-Za-z0-9._-]/g, '_')
      .replace(/^\.+/, '')
      .slice(0, 100)
    if (plain !== '') parts.push(plain)
  }
  const path = parts.slice(-8).join('/')
  return path === '' || /^input(?:\.[^/]*)?$/.test(path) ? `/in/file-${path}` : `/in/${path}`
}
