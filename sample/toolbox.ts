import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the programs are copied to and built, so that logs name a neutral place and not this machine's folders. */
export const SRC = '/src'
export const OUT = join(SRC, 'out')
const MARK = join(SRC, '.weir-sample')

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
}

/** Runs one tool to its end in `cwd` with a bare environment; ends it after `seconds`. Never throws on the tool's exit code. */
export function run(tool: string, args: readonly string[], cwd: string, env: Record<string, string> = {}, seconds = 60): Ran {
  const ran = spawnSync(tool, args, {
    cwd,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: OUT, LANG: 'C.UTF-8', TZ: 'UTC', ...env },
    encoding: 'utf8',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { stdout: ran.stdout ?? '', stderr: ran.stderr ?? '', code: ran.status }
}

/** As `run`, but throws with the tool's own words when it fails: for builds, which must work. */
export function must(tool: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Ran {
  const ran = run(tool, args, cwd, env, 180)
  if (ran.code !== 0) throw new Error(`${tool} ${args.join(' ')} (in ${cwd}) failed:\n${ran.stderr}${ran.stdout}`)
  return ran
}

/** Tool → the Debian package that brings it and how it tells its version. */
const NEEDED: Readonly<Record<string, { apt: string; version: readonly string[] }>> = {
  'clang-19': { apt: 'clang-19 libclang-rt-19-dev', version: ['--version'] },
  'llvm-symbolizer-19': { apt: 'llvm-19', version: ['--version'] },
  'clang-14': { apt: 'clang-14 libclang-rt-14-dev', version: ['--version'] },
  'afl-fuzz': { apt: 'afl++', version: ['--version'] },
  gcc: { apt: 'gcc g++', version: ['--version'] },
  flawfinder: { apt: 'flawfinder', version: ['--version'] },
  bandit: { apt: 'bandit', version: ['--version'] },
  go: { apt: 'golang-go', version: ['version'] },
  javac: { apt: 'default-jdk-headless', version: ['-version'] },
  python3: { apt: 'python3', version: ['--version'] },
}

/** The version of each tool as it states it; throws naming the one apt command that brings what is missing. */
export function toolVersions(): Record<string, string> {
  const versions: Record<string, string> = {}
  const missing: string[] = []
  for (const [tool, { apt, version }] of Object.entries(NEEDED)) {
    const ran = run(tool, version, '/')
    const stated = /\d+\.\d+[\w.+]*/.exec(ran.stdout + ran.stderr)?.[0]
    if (ran.code === null || stated === undefined) missing.push(apt)
    else versions[tool] = stated
  }
  if (missing.length > 0) throw new Error(`tools are missing; on Debian 12: apt-get install ${missing.join(' ')}`)
  return versions
}

/** Lays a fresh copy of the programs into /src; refuses to touch a /src that this script did not make. */
export function layOut(programs: string): void {
  if (existsSync(SRC) && !existsSync(MARK) && readdirSync(SRC).length > 0) {
    throw new Error(`${SRC} is in use by something else; run this in a container where it is free`)
  }
  try {
    mkdirSync(OUT, { recursive: true })
    writeFileSync(MARK, 'made by npm run sample\n')
  } catch {
    throw new Error(`cannot write to ${SRC}; run: sudo install -d -o "$(id -un)" ${SRC}`)
  }
  cpSync(programs, SRC, { recursive: true })
}
