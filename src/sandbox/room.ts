import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { makeEtc } from './etc-folder.ts'
import { witnessProgram } from './witness/elf.ts'

/** An unpacked image in the depot. */
export interface Image {
  readonly name: string
  readonly folder: string
}

/** What every sandbox of this process gets to see of ours: prepared once, in a folder that the dropped user can reach. */
export interface Room {
  /** Mounts that make /weir/node run: where the root is an image, with this machine's own loader and libraries. */
  nodeOf(image: Image | null): readonly { readonly source: string; readonly at: string }[]
  readonly inside: string
  readonly witness: string
  /** The /etc for an image; for null the one for the host's own toolchain. */
  etcOf(image: Image | null): string
  /** A copy of the shell that the agent runs in: executable and not readable, which keeps /proc/1/mem shut. */
  shellOf(image: Image | null): string
}

/** Prepares the room in `folder`, which is empty. Throws where the processor has no witness. */
export function prepareRoom(folder: string): Room {
  mkdirSync(folder, { recursive: true })
  const program = witnessProgram(process.arch)
  if (program === null) throw new Error(`the processor ${process.arch} has no witness program`)
  const witness = join(folder, 'witness')
  writeFileSync(witness, program)
  chmodSync(witness, 0o111)
  const inside = join(folder, 'inside')
  cpSync(join(import.meta.dirname, 'inside'), inside, { recursive: true })
  const once = (name: string, make: (path: string) => void) => {
    const path = join(folder, name)
    if (!existsSync(path)) make(path)
    return path
  }
  const copyShell = (root: string) => (path: string) => {
    copyFileSync(shellOf(root), path)
    chmodSync(path, 0o111)
  }
  const node = reachableNode(folder)
  return {
    nodeOf: (image) => {
      if (image === null) return [{ source: node, at: '/weir/node' }]
      return [
        { source: once('foreign-node', makeForeignNode(node, join(inside, 'lib'))), at: '/weir/node' },
        { source: node, at: '/weir/node-program' },
      ]
    },
    inside,
    witness,
    etcOf: (image) =>
      image === null
        ? once('etc', (path) => makeEtc(path, '/etc', false))
        : once(`etc-${image.name}`, (path) => makeEtc(path, join(image.folder, 'etc'), true)),
    shellOf: (image) => (image === null ? once('sh', copyShell('/')) : once(`sh-${image.name}`, copyShell(image.folder))),
  }
}

function shellOf(root: string): string {
  try {
    return followInside(root, '/bin/sh')
  } catch {
    throw new Error(root === '/' ? 'there is no /bin/sh' : 'the image has no /bin/sh')
  }
}

/** This process's own Node where every user can run it; else a copy. */
function reachableNode(folder: string): string {
  const own = process.execPath
  const others = (path: string, bits: number) => (statSync(path).mode & bits) === bits
  let reached = others(own, 0o5)
  for (let at = dirname(own); reached && at !== '/'; at = dirname(at)) reached = others(at, 0o1)
  if (reached) return own
  const copy = join(folder, 'node')
  copyFileSync(own, copy)
  chmodSync(copy, 0o755)
  return copy
}

/** A script that starts Node in an image that may have other libraries than this machine, or none. */
function makeForeignNode(node: string, libraries: string): (path: string) => void {
  return (path) => {
    mkdirSync(libraries)
    const told = execFileSync('ldd', [node], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } })
    const needed = [...told.matchAll(/(?:^|\s)(\/\S+)(?= \(0x)/g)].map(([, file]) => file!)
    const loader = needed.find((file) => /\/ld-[^/]*$/.test(file))
    if (loader === undefined) throw new Error('the libraries of Node were not found: an image cannot be used')
    for (const file of needed) copyFileSync(file, join(libraries, basename(file)))
    chmodSync(join(libraries, basename(loader)), 0o755)
    const lib = '/weir/inside/lib'
    writeFileSync(path, `#!/bin/sh\nexec ${lib}/${basename(loader)} --library-path ${lib} /weir/node-program "$@"\n`)
    chmodSync(path, 0o755)
  }
}

const MOST_LINKS = 20

/** The file that `path` means with `root` as the root: its links are followed inside, never out. Throws where there is none. */
export function followInside(root: string, path: string): string {
  let at = '/'
  let rest = path.split('/').filter((part) => part !== '')
  for (let links = 0; rest.length > 0; ) {
    const next = posix.join(at, rest[0]!)
    rest = rest.slice(1)
    if (!lstatSync(join(root, next)).isSymbolicLink()) at = next
    else if (++links > MOST_LINKS) throw new Error(`${path} leads in circles`)
    else {
      const target = readlinkSync(join(root, next))
      rest = [...posix.resolve(at, target).split('/'), ...rest].filter((part) => part !== '')
      at = '/'
    }
  }
  return join(root, at)
}
