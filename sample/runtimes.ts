import { join } from 'node:path'
import { fewOfEach } from './crash-stack.ts'
import type { FinderId } from './finders.ts'
import type { Project } from './project.ts'
import type { Shelf } from './shelf.ts'
import { must, OUT, run, SRC } from './toolbox.ts'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

interface Loop {
  readonly finder: FinderId
  readonly label: string
  readonly tool: string
  readonly command: (argument: string) => readonly string[]
  readonly env: Record<string, string>
  readonly arguments: readonly string[]
  readonly failed: RegExp
}

function shelve(loop: Loop, project: Project, toolVersion: string, shelf: Shelf): void {
  const home = join(SRC, project.name)
  const crashes = loop.arguments.flatMap((argument) => {
    const [tool, ...args] = loop.command(argument)
    const ran = run(tool!, args, home, loop.env, 30)
    return loop.failed.test(ran.stderr) ? [{ log: ran.stderr, command: [tool, ...args].join(' ') }] : []
  })
  for (const { log, command } of fewOfEach(crashes, project.name, 2)) {
    const { finder, label, tool } = loop
    shelf.put({ finder, project, label, tool, toolVersion, format: 'crash-log', command }, log)
  }
}

/** Runs the random loop of a Python project with each finder's own seeds. */
export function fuzzPython(project: Project, version: string, shelf: Shelf): void {
  const loop = (finder: FinderId, from: number, to: number): Loop => ({
    finder,
    label: 'python',
    tool: 'random mutation, CPython',
    command: (seed) => ['python3', `fuzz_${project.name}.py`, seed],
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
    arguments: range(from, to).map(String),
    failed: /^Traceback/m,
  })
  shelve(loop('halyard-labs', 0, 40), project, version, shelf)
  shelve(loop('crs-kittiwake', 100, 130), project, version, shelf)
}

/** Runs the random loop of a Java project with each finder's own seeds. */
export function fuzzJava(project: Project, version: string, shelf: Shelf): void {
  const classes = join(OUT, project.name)
  const home = join(SRC, project.name)
  must('sh', ['-c', `javac -g -d ${classes} src/org/example/beryl/*.java`], home)
  const loop = (finder: FinderId, from: number, to: number): Loop => ({
    finder,
    label: 'java',
    tool: 'random mutation, HotSpot',
    command: (seed) => ['java', '-Xss512k', '-XX:MaxJavaStackTraceDepth=120', '-cp', classes, 'org.example.beryl.Fuzz', seed],
    env: {},
    arguments: range(from, to).map(String),
    failed: /^Exception in thread/m,
  })
  shelve(loop('tern-security', 1, 40), project, version, shelf)
  shelve(loop('crs-kittiwake', 60, 90), project, version, shelf)
}

/** Runs random lines (panics) and concurrent calls under the race detector against a Go project. */
export function stressGo(project: Project, version: string, shelf: Shelf): void {
  const home = join(SRC, project.name)
  const env = { GOFLAGS: '-mod=mod', GOCACHE: join(OUT, 'go-cache'), GOPATH: join(OUT, 'go'), GOTOOLCHAIN: 'local' }
  must('go', ['build', '-o', join(OUT, 'burrow-stress'), './cmd/stress'], home, env)
  must('go', ['build', '-race', '-o', join(OUT, 'burrow-race'), './cmd/stress'], home, env)
  const panics = (finder: FinderId, from: number, to: number): Loop => ({
    finder,
    label: 'go-panic',
    tool: 'random lines, Go runtime',
    command: (seed) => [join(OUT, 'burrow-stress'), 'lines', seed],
    env: {},
    arguments: range(from, to).map(String),
    failed: /^panic: /m,
  })
  const races = (finder: FinderId, plans: readonly string[]): Loop => ({
    finder,
    label: 'go-race',
    tool: 'Go race detector',
    command: (plan) => [join(OUT, 'burrow-race'), 'race', plan],
    env: { GORACE: 'halt_on_error=1' },
    arguments: plans,
    failed: /WARNING: DATA RACE/,
  })
  shelve(panics('crs-kittiwake', 0, 24), project, version, shelf)
  shelve(panics('halyard-labs', 30, 42), project, version, shelf)
  shelve(races('crs-kittiwake', ['gg', 'ss', 'sl', 'ssl', 'ggg', 'ls', 'll']), project, version, shelf)
  shelve(races('tern-security', ['gg', 'gggg', 'sss', 'ssss', 'lls', 'lsl']), project, version, shelf)
}

/** Runs thread plans against a C project under ThreadSanitizer, at two optimisation levels for two finders. */
export function stressThreads(project: Project, version: string, shelf: Shelf): void {
  const home = join(SRC, project.name)
  const build = (level: string) => {
    const binary = join(OUT, `ringlog-tsan${level}`)
    must(
      'clang-19',
      ['-g', level, '-fsanitize=thread', 'ringlog.c', 'stress_ringlog.c']
        .map((a) => (a.endsWith('.c') ? join(home, a) : a))
        .concat('-o', binary),
      home,
    )
    return binary
  }
  const loop = (finder: FinderId, binary: string, plans: readonly string[]): Loop => ({
    finder,
    label: 'tsan',
    tool: 'ThreadSanitizer',
    command: (plan) => [binary, plan],
    env: { TSAN_OPTIONS: 'halt_on_error=1', TSAN_SYMBOLIZER_PATH: '/usr/bin/llvm-symbolizer-19' },
    arguments: plans,
    failed: /WARNING: ThreadSanitizer/,
  })
  shelve(
    loop('tern-security', build('-O1'), ['ww', 'wd', 'dw', 'xx', 'xxx', 'sf', 'fs', 's,f', 'f,s', 'cv', 'vc', 'wwww']),
    project,
    version,
    shelf,
  )
  shelve(
    loop('halyard-labs', build('-O2'), ['www', 'wwd', 'ddw', 'xxxx', 'ff,s', 's,ff', 'vcv', 'sff']),
    project,
    version,
    shelf,
  )
  shelve(loop('crs-kittiwake', build('-O0'), ['wdww', 'wwdd', 'xx', 'f,s', 'fss', 'cvv']), project, version, shelf)
}
