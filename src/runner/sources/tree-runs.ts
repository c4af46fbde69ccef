import { BUILD_LIMITS } from '../../core/sandbox/limits.ts'
import type { RunAsk } from '../../core/validation/ask.ts'
import { PACKED_AT } from '../tar/write-tar.ts'

// Sources are hostile, and git runs what a repository's configuration says: everything here happens inside a sandbox.

const STRIP = `set -eu
from=/src/raw
if [ "$(ls -A /src/raw | wc -l)" = 1 ]; then
  only="/src/raw/$(ls -A /src/raw)"
  if [ -d "$only" ] && [ ! -L "$only" ]; then from="$only"; fi
fi
mkdir /work/src
cp -a "$from/." /work/src/
`

/** Takes a single top folder away from an unpacked archive and keeps what is in it. */
export function stripRun(raw: string, keep: string): RunAsk {
  return {
    ...quiet('unpack the source'),
    mounts: [{ entry: raw, at: '/src/raw' }],
    argv: ['sh', '-c', STRIP],
    keep: kept(keep),
  }
}

const FETCH = `set -eu
git init -q --bare /work/repo/source
cd /work/repo/source
git fetch -q /in/source.bundle '+refs/*:refs/*'
if git fetch -q /in/source.bundle HEAD 2>/dev/null; then git update-ref refs/weir/head FETCH_HEAD; fi
`

/** Makes a repository out of a git bundle and keeps it. */
export function bundleRun(bytes: Uint8Array, keep: string): RunAsk {
  return {
    ...quiet('open the git bundle'),
    files: [{ path: '/in/source.bundle', bytes }],
    argv: ['sh', '-c', FETCH],
    keep: { path: '/work/repo', entry: keep },
  }
}

const RESOLVE = `set -eu
if [ "$REV" = HEAD ] && git rev-parse -q --verify 'refs/weir/head^{commit}' >/dev/null; then REV=refs/weir/head; fi
commit=$(git rev-parse --verify "$REV^{commit}")
`
const CHECKOUT = `${RESOLVE}mkdir /work/src
cd /work/src
git read-tree "$commit"
git checkout-index -q -a -f
find /work/src -exec touch -h -d @${PACKED_AT} {} +
`

/** Lays a revision of a repository out and keeps it. The revision was held against REVISION before. */
export function checkoutRun(repo: string, revision: string, keep: string): RunAsk {
  const env = { ...gitEnv(revision), GIT_WORK_TREE: '/work/src', GIT_INDEX_FILE: '/tmp/index' }
  return { ...quiet(`check out ${revision}`), mounts: mounted(repo), argv: ['sh', '-c', CHECKOUT], env, keep: kept(keep) }
}

/** Lists the commits up to a revision along first parents, oldest first, at most `most`. */
export function historyRun(repo: string, revision: string, most: number): RunAsk {
  const script = `${RESOLVE}git rev-list --first-parent --reverse --max-count=${most} "$commit"\n`
  return { ...quiet('read the history'), mounts: mounted(repo), argv: ['sh', '-c', script], env: gitEnv(revision) }
}

/** What a revision may look like: never an option, never a range. */
export const REVISION = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/

const mounted = (repo: string) => [{ entry: repo, at: '/src/repo' }]
const kept = (entry: string) => ({ path: '/work/src', entry })

// The repository belongs to another user inside, and hooks of it are nobody's wish.
function gitEnv(revision: string): Record<string, string> {
  return {
    REV: revision,
    GIT_DIR: '/src/repo/source',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_CONFIG_KEY_1: 'core.hooksPath',
    GIT_CONFIG_VALUE_1: '/dev/null',
  }
}

function quiet(purpose: string): RunAsk {
  return {
    ask: 'run',
    purpose,
    image: null,
    mounts: [],
    files: [],
    argv: [],
    env: {},
    cwd: '/work',
    stdin: null,
    limits: BUILD_LIMITS,
    network: 'none',
    get: [],
    keep: null,
  }
}
