import { statSync } from 'node:fs'
import { hostRoot, imageRoot } from '../host-root.ts'
import type { Room } from '../room.ts'
import type { GvisorRoom } from './gvisor-room.ts'
import type { StartSpec } from './implementation.ts'
import { quote } from './spawn.ts'
import { WRITABLE } from './watch.ts'

/** The user of the programs inside, as everywhere; the agent is user 0 of gVisor's own kernel, so that no program can touch it. */
const USER = 1000
/** The agent's: to give up its user, and to start what belongs to the program's user alone. */
const AGENT_CAPABILITIES = ['CAP_SETUID', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH']
const OPEN_FILES = 4096
/** Folders that are not writable and in which nothing else is mounted. */
const FOLDERS = ['run', 'src', 'sys', 'weir/inside', 'weir/io', 'usr', 'etc', 'proc', 'dev']
/** bwrap's names for what `hostRoot` and `imageRoot` ask for. */
const WORDS = ['--ro-bind', '--symlink'] as const

export interface Bundle {
  /** Lines for a shell that is in the sandbox's own mount namespace, with `$1` as the configuration. */
  readonly script: readonly string[]
  /** The configuration (OCI runtime specification 1.0), as one line of JSON. */
  readonly config: string
}

const VAR = 'var'

/** What runsc is to run: the root's skeleton and the sized places are made by the script, the rest is mounted by runsc. */
export function bundleOf(spec: StartSpec, room: Room, own: GvisorRoom): Bundle {
  const { place } = own
  const root = rootOf(spec)
  const binds = [
    ...root.binds,
    { source: room.etcOf(spec.image), at: '/etc' },
    ...WRITABLE.map((name) => ({ source: `${place}/places/${name}`, at: `/${name}`, writable: true })),
    ...spec.mounts,
    ...room.nodeOf(spec.image),
    { source: room.inside, at: '/weir/inside' },
    { source: own.witness, at: '/weir/witness' },
    { source: own.dropOf(spec.loopback), at: '/weir/drop' },
    // Not read-only to gVisor, which would not let the streams be written; on the host its user may make nothing there.
    { source: spec.io, at: '/weir/io', writable: true },
  ]
  const at = (path: string) => quote(`${place}${path}`)
  const sized = `size=${spec.limits.diskBytes},uid=${USER},gid=${USER},nosuid,nodev`
  const modeOf = (name: string) => (name === 'tmp' || name === 'dev/shm' ? '1777' : '0755')
  return {
    script: [
      `mount -t tmpfs -o size=4m,mode=0755,nosuid,nodev tmpfs ${at('')}`,
      `mkdir -p ${at('/state')} ${[...FOLDERS, ...WRITABLE].map((name) => at(`/root/${name}`)).join(' ')}`,
      `mkdir -p ${WRITABLE.map((name) => at(`/places/${name}`)).join(' ')}`,
      ...root.links.map(({ to, name }) => `ln -s ${quote(to)} ${at(`/root/${name}`)}`),
      ...(spec.image === null ? [`mkdir ${at(`/root/${VAR}`)}`, `ln -s /tmp ${at(`/root/${VAR}/tmp`)}`] : []),
      ...WRITABLE.map((name) => `mount -t tmpfs -o ${sized},mode=${modeOf(name)} tmpfs ${at(`/places/${name}`)}`),
      ...pointsFor(
        binds.filter(({ at: path }) => !isWritable(path)),
        (path) => at(`/root${path}`),
      ),
      ...pointsFor(
        binds.filter(({ at: path }) => isBelowWritable(path)),
        (path) => at(`/places${path}`),
      ),
      `chown -R ${USER}:${USER} ${WRITABLE.map((name) => at(`/places/${name}`)).join(' ')}`,
      `printf %s "$1" >${at('/config.json')}`,
    ],
    config: JSON.stringify(configOf(spec, binds)),
  }
}

interface Bind {
  readonly source: string
  readonly at: string
  readonly writable?: boolean
}

function configOf(spec: StartSpec, binds: readonly Bind[]) {
  const { cpuSeconds } = spec.limits
  const limit = (type: string, soft: number, hard: number) => ({ type, soft, hard })
  const sets = ['bounding', 'effective', 'inheritable', 'permitted']
  // Only the standard streams are passed in: the agent's channel comes as two of them.
  const agent = 'exec 3<&0 4>&1 </dev/null >/dev/null; . /weir/inside/agent.sh'
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: { uid: 0, gid: USER },
      args: ['/bin/sh', '-c', agent, 'agent', '', '/weir/drop'],
      env: ['PATH=/usr/bin:/bin'],
      cwd: '/work',
      capabilities: Object.fromEntries(sets.map((set) => [set, set === 'inheritable' ? [] : AGENT_CAPABILITIES])),
      noNewPrivileges: true,
      rlimits: [
        limit('RLIMIT_NOFILE', OPEN_FILES, OPEN_FILES),
        limit('RLIMIT_CPU', cpuSeconds, cpuSeconds + 1),
        limit('RLIMIT_CORE', 0, 0),
      ],
    },
    root: { path: 'root', readonly: true },
    hostname: 'sandbox',
    mounts: [
      { type: 'proc', source: 'proc', destination: '/proc', options: ['nosuid', 'nodev', 'noexec', 'ro'] },
      ...binds.map(({ source, at, writable }) => ({
        type: 'bind',
        source,
        destination: at,
        options: ['bind', 'nosuid', 'nodev', writable ? 'rw' : 'ro'],
      })),
    ],
    linux: { namespaces: ['pid', 'ipc', 'uts', 'mount', 'network'].map((type) => ({ type })) },
  }
}

function rootOf(spec: StartSpec) {
  const args = spec.image === null ? hostRoot() : imageRoot(spec.image.folder)
  const binds: Bind[] = []
  const links: { to: string; name: string }[] = []
  for (let n = 0; n + 2 < args.length; n += 3) {
    const [word, from, at] = args.slice(n, n + 3) as [string, string, string]
    if (word === WORDS[0]) binds.push({ source: from, at })
    else if (word === WORDS[1]) links.push({ to: from, name: at.slice(1) })
  }
  return { binds, links }
}

function isWritable(path: string): boolean {
  return WRITABLE.some((name) => path === `/${name}` || path.startsWith(`/${name}/`))
}

function isBelowWritable(path: string): boolean {
  return isWritable(path) && !WRITABLE.some((name) => path === `/${name}`)
}

/** Makes what each is mounted on: a folder, or an empty file. */
function pointsFor(binds: readonly Bind[], to: (path: string) => string): string[] {
  return binds.map(({ source, at }) =>
    statSync(source).isDirectory() ? `mkdir -p ${to(at)}` : `mkdir -p ${to(at.slice(0, at.lastIndexOf('/')))} && : >${to(at)}`,
  )
}
