import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of a Linux root that hold programs and libraries. */
const TOOLS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']
/** Folders that the sandbox has of its own. */
const OWN = new Set(['proc', 'dev', 'sys', 'work', 'in', 'tmp', 'out', 'src', 'weir', 'etc', 'run', 'boot', 'lost+found'])

/** bubblewrap's arguments that make the host's own toolchain the root, read-only. */
export function hostRoot(): string[] {
  const args = ['--ro-bind', '/usr', '/usr']
  for (const name of TOOLS) if (existsSync(`/${name}`)) args.push(...asItIs('/', name))
  return args
}

/** bubblewrap's arguments that make an unpacked image the root, read-only. */
export function imageRoot(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !OWN.has(name))
    .flatMap((name) => asItIs(folder, name))
}

function asItIs(folder: string, name: string): string[] {
  const path = join(folder, name)
  const facts = lstatSync(path)
  if (facts.isSymbolicLink()) return ['--symlink', readlinkSync(path), `/${name}`]
  return facts.isDirectory() || facts.isFile() ? ['--ro-bind', path, `/${name}`] : []
}
