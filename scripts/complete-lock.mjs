// npm leaves a package of another platform out of the lock file when the registry at hand does not carry it, and then refuses
// its own lock (npm/cli: "Missing … from lock file"). This writes what the parents state: name, exact version, platform. Run it
// after every change of dependencies; on a platform that needs such a package npm fetches it by that version.
import { readFileSync, writeFileSync } from 'node:fs'

const OS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix']
const CPU = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

/** Which platform a package's name says it is for: `@x/y-linux-x64-musl` → linux, x64, musl. */
export function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = OS.filter((one) => words.includes(one))
  const cpu = CPU.filter((one) => words.includes(one) || (one === 'arm' && words.some((word) => /^arm(eabi|v7)?$/.test(word))))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : []
  return {
    ...(os.length > 0 ? { os } : words.includes('wasm32') ? { os: ['wasi'] } : {}),
    ...(cpu.length > 0 ? { cpu: cpu.slice(0, 1) } : {}),
    ...(libc.length > 0 && os.includes('linux') ? { libc } : {}),
  }
}

/** Adds the missing optional packages to a parsed lock file; returns their names. */
export function completeLock(lock) {
  const added = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const at = `node_modules/${name}`
      if (lock.packages[at] !== undefined || lock.packages[`${path}/node_modules/${name}`] !== undefined) continue
      const platform = platformOf(name)
      if (platform.os === undefined && platform.cpu === undefined) continue
      const dev = entry.dev === true ? { dev: true } : {}
      lock.packages[at] = { version: range.replace(/^[\^~]/, ''), ...dev, optional: true, ...platform }
      added.push(name)
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return added
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const added = completeLock(lock)
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${added.length} packages of other platforms added\n`)
}
