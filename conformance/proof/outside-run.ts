import { spawn } from 'node:child_process'
import { accessSync, existsSync } from 'node:fs'
import { join } from 'node:path'

// Runs a program's own commands without Weir: plain bubblewrap, so that paths are the same as in a recipe (/work/src, /in), and
// nothing else is shared with what is being judged.

export interface OutsideRun {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number | null
  readonly signal: string | null
}

export interface OutsideSpec {
  /** The tree at /work/src. */
  readonly tree: string
  readonly writable: boolean
  /** Files at /in: name → path outside. */
  readonly inputs: Readonly<Record<string, string>>
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly seconds: number
}

const OUTPUT_CAP = 1 << 20

export const SANITIZER_OPTIONS: Readonly<Record<string, string>> = {
  ASAN_OPTIONS: 'detect_leaks=0:exitcode=77:allocator_may_return_null=1',
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1:exitcode=77',
  MSAN_OPTIONS: 'exitcode=77',
}

const FLAGS: Readonly<Record<string, string>> = {
  address: '-fsanitize=address',
  undefined: '-fsanitize=undefined -fno-sanitize-recover=undefined',
  memory: '-fsanitize=memory',
  none: '',
}

/** Whether a command of that name is on this machine, in a folder that a sandbox shows. */
export function isHere(command: string): boolean {
  return ['/usr/bin', '/bin'].some((folder) => {
    try {
      accessSync(join(folder, command))
      return true
    } catch {
      return false
    }
  })
}

/** Environment of a build with that sanitizer, as the recipe's author may expect it. */
export function buildEnv(sanitizer: string): Record<string, string> {
  const clang = isHere('clang')
  const flags = `-O1 -g -fno-omit-frame-pointer ${FLAGS[sanitizer] ?? ''}`.trim()
  return {
    CC: clang ? 'clang' : 'gcc',
    CXX: clang ? 'clang++' : 'g++',
    CFLAGS: flags,
    CXXFLAGS: flags,
    LIB_FUZZING_ENGINE: '-fsanitize=fuzzer',
  }
}

/** Runs one command in a fresh bubblewrap and waits for its end; killed after `seconds`. */
export function runOutside(spec: OutsideSpec): Promise<OutsideRun> {
  const env = { PATH: '/usr/bin:/bin', HOME: '/work', LANG: 'C.UTF-8', ...spec.env }
  const wall = ['--unshare-all', '--die-with-parent', '--new-session', '--ro-bind', '/usr', '/usr', '--ro-bind', '/etc', '/etc']
  for (const folder of ['bin', 'lib', 'lib64', 'sbin'])
    if (existsSync(`/${folder}`)) wall.push('--symlink', `usr/${folder}`, `/${folder}`)
  for (const folder of ['/tmp', '/work', '/in', '/out']) wall.push('--tmpfs', folder)
  wall.push('--proc', '/proc', '--dev', '/dev', '--dir', '/weir', '--ro-bind', process.execPath, '/weir/node')
  wall.push(spec.writable ? '--bind' : '--ro-bind', spec.tree, '/work/src')
  for (const [name, from] of Object.entries(spec.inputs)) wall.push('--ro-bind', from, `/in/${name}`)
  for (const [name, value] of Object.entries(env)) wall.push('--setenv', name, value)
  return new Promise((done, fail) => {
    const child = spawn('bwrap', [...wall, '--chdir', spec.cwd, '--', ...spec.argv], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const kept = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('latin1').on('data', (text: string) => {
        if (kept[stream].length < OUTPUT_CAP) kept[stream] += text
      })
    const timer = setTimeout(() => child.kill('SIGKILL'), spec.seconds * 1000)
    child.on('error', fail)
    child.on('close', (exit, signal) => {
      clearTimeout(timer)
      // bubblewrap tells a signal of its child as 128 + its number.
      const inner = exit !== null && exit > 128 && exit < 160 ? `signal ${exit - 128}` : null
      done({ ...kept, exit: inner ? null : exit, signal: signal ?? inner })
    })
  })
}
