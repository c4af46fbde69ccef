import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { RUN_LIMITS } from '../../core/sandbox/limits.ts'
import type { CgroupFiles } from './files.ts'
import { findCgroups } from './mounts.ts'
import { cgroupV1 } from './v1.ts'
import { cgroupV2 } from './v2.ts'

/** Files that a kernel with the unified hierarchy puts into every group below the root, and what they say at first. */
const V2_GROUP: Readonly<Record<string, string>> = {
  'cgroup.controllers': 'cpu memory pids\n',
  'cgroup.subtree_control': '\n',
  'cgroup.procs': '',
  'cgroup.kill': '',
  'memory.max': 'max\n',
  'memory.swap.max': 'max\n',
  'memory.oom.group': '0\n',
  'memory.events': 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n',
  'memory.peak': '0\n',
  'pids.max': 'max\n',
  'cpu.max': 'max 100000\n',
}
const V1_GROUP: Readonly<Record<string, string>> = {
  'cgroup.procs': '',
  'memory.limit_in_bytes': '9223372036854771712\n',
  'memory.memsw.limit_in_bytes': '9223372036854771712\n',
  'memory.max_usage_in_bytes': '4096\n',
  'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n',
  'pids.max': 'max\n',
  'cpu.cfs_quota_us': '-1\n',
  'cpu.cfs_period_us': '100000\n',
}

/** A recorded tree that takes writes as the kernel does, as far as this room relies on it. */
class Tree implements CgroupFiles {
  readonly files = new Map<string, string>()
  readonly #group: Readonly<Record<string, string>>

  constructor(files: Readonly<Record<string, string>>, group: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.files.set(path, text)
    this.#group = group
  }

  read(path: string): string | null {
    return this.files.get(path) ?? null
  }

  write(path: string, text: string): boolean {
    if (!this.files.has(path)) return false
    const folder = path.slice(0, path.lastIndexOf('/'))
    if (path.endsWith('cgroup.subtree_control')) {
      // A group that has processes hands nothing down; the root may.
      if (this.read(`${folder}/cgroup.procs`) !== '' && this.files.has(`${folder}/memory.max`)) return false
      const here = this.read(path)!.trim().split(' ')
      this.files.set(path, `${[...new Set([...here, text.slice(1)])].filter((one) => one !== '').join(' ')}\n`)
      return true
    }
    if (path.endsWith('cgroup.procs')) {
      for (const [other, held] of this.files)
        if (other.endsWith('cgroup.procs'))
          this.files.set(
            other,
            held
              .split('\n')
              .filter((pid) => pid !== text)
              .join('\n'),
          )
    }
    this.files.set(path, path.endsWith('cgroup.procs') ? `${text}\n` : text)
    return true
  }

  exists(path: string): boolean {
    return this.files.has(path) || this.list(path).length > 0
  }

  list(path: string): readonly string[] {
    const names = [...this.files.keys()]
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => file.slice(path.length + 1))
    return [...new Set(names.map((name) => name.split('/')[0]!))]
  }

  makeFolder(path: string): boolean {
    if (this.exists(path)) return false
    for (const [name, text] of Object.entries(this.#group)) this.files.set(`${path}/${name}`, text)
    return true
  }

  removeFolder(path: string): boolean {
    for (const file of [...this.files.keys()]) if (file.startsWith(`${path}/`)) this.files.delete(file)
    return true
  }
}

const MOUNT_V2 = '25 30 0:22 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n'

function service(procs: string, group = V2_GROUP): Tree {
  const own = '/sys/fs/cgroup/system.slice/weir.service'
  const files: Record<string, string> = {
    '/proc/self/cgroup': '0::/system.slice/weir.service\n',
    '/proc/self/mountinfo': MOUNT_V2,
    '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma\n',
    '/sys/fs/cgroup/cgroup.subtree_control': 'cpu memory pids\n',
    '/sys/fs/cgroup/cgroup.procs': '1\n',
  }
  for (const [name, text] of Object.entries(V2_GROUP)) files[`${own}/${name}`] = text
  files[`${own}/cgroup.procs`] = procs
  return new Tree(files, group)
}

test('unified, in a service of its own: the launcher moves to a leaf, the group hands down, limits are written', () => {
  const tree = service('4711\n')
  const own = '/sys/fs/cgroup/system.slice/weir.service'
  const maker = cgroupV2(tree, findCgroups(tree), 4711)
  assert.ok(maker)
  assert.equal(tree.read(`${own}/weir-launcher/cgroup.procs`), '4711\n')
  assert.equal(tree.read(`${own}/cgroup.subtree_control`), 'memory pids cpu\n')
  const group = maker.make('weir-4711-99-1', { ...RUN_LIMITS, memoryBytes: 1 << 28, processes: 64 }, 2)
  assert.ok(group)
  const at = `${own}/weir-4711-99-1`
  const written = ['memory.max', 'memory.swap.max', 'memory.oom.group', 'pids.max', 'cpu.max'].map((name) =>
    tree.read(`${at}/${name}`),
  )
  assert.deepEqual(written, ['268435456', '0', '1', '67', '195000 100000'])
  assert.deepEqual(group.joins, [`${at}/cgroup.procs`])
  assert.equal(group.kills(), 0)
  tree.files.set(`${at}/memory.events`, 'low 0\nhigh 0\nmax 9\noom 1\noom_kill 3\noom_group_kill 1\n')
  tree.files.set(`${at}/memory.peak`, '268435456\n')
  assert.equal(group.kills(), 3)
  assert.equal(group.peakBytes(), 268435456)
  assert.ok(group.remove())
  assert.ok(!tree.exists(at))
})

test('unified: a group with processes hands nothing down, so the launcher is in the leaf before the controllers are asked for', () => {
  const tree = service('4711\n')
  const order: string[] = []
  const write = tree.write.bind(tree)
  tree.write = (path, text) => {
    order.push(`${path.slice('/sys/fs/cgroup/system.slice/weir.service/'.length)} ${text}`)
    return write(path, text)
  }
  assert.ok(cgroupV2(tree, findCgroups(tree), 4711))
  assert.deepEqual(order, [
    'weir-launcher/cgroup.procs 4711',
    'cgroup.subtree_control +memory',
    'cgroup.subtree_control +pids',
    'cgroup.subtree_control +cpu',
  ])
})

test('unified, in a subtree that hands memory and processes down already: nobody moves, the processor is asked for too', () => {
  const tree = service('')
  const own = '/sys/fs/cgroup/system.slice/weir.service'
  tree.files.set(`${own}/cgroup.subtree_control`, 'memory pids\n')
  const group = cgroupV2(tree, findCgroups(tree), 4711)?.make('weir-4711-99-1', RUN_LIMITS, 1)
  assert.deepEqual(group?.joins, [`${own}/weir-4711-99-1/cgroup.procs`])
  assert.equal(tree.read(`${own}/cgroup.subtree_control`), 'memory pids cpu\n')
  assert.ok(!tree.exists(`${own}/weir-launcher`))
})

test('unified: what is left in a group is killed by the kernel where it can, and one by one where it cannot', async () => {
  const at = '/sys/fs/cgroup/system.slice/weir.service/weir-4711-99-1'
  for (const hasKill of [true, false]) {
    const tree = service('4711\n')
    const group = cgroupV2(tree, findCgroups(tree), 4711)?.make('weir-4711-99-1', RUN_LIMITS, 1)
    assert.ok(group)
    const sleeper = spawn('sleep', ['30'], { stdio: 'ignore' })
    const ended = once(sleeper, 'exit')
    tree.files.set(`${at}/cgroup.procs`, `${sleeper.pid}\n`)
    if (!hasKill) tree.files.delete(`${at}/cgroup.kill`)
    let told: string | null = null
    // The kernel removes no group that has processes.
    tree.removeFolder = () => {
      told = tree.read(`${at}/cgroup.kill`)
      return false
    }
    assert.ok(!group.remove())
    assert.equal(told, hasKill ? '1' : null)
    if (hasKill) sleeper.kill('SIGKILL')
    assert.deepEqual(await ended, [null, 'SIGKILL'])
    if (hasKill) assert.ok(sleeper.killed)
    else assert.ok(!sleeper.killed, 'by the group, not by this test')
  }
})

test('unified, without swap, peak or processor files: the group is made all the same, and the peak is not known', () => {
  const { 'memory.swap.max': _, 'memory.peak': __, 'cpu.max': ___, ...bare } = V2_GROUP
  const tree = service('4711\n', bare)
  const group = cgroupV2(tree, findCgroups(tree), 4711)?.make('weir-4711-99-1', RUN_LIMITS, 1)
  assert.ok(group)
  assert.equal(group.peakBytes(), null)
  assert.equal(group.kills(), 0)
})

test('unified, among other processes: the mount’s root is used; where that hands nothing down either, nothing is', () => {
  const tree = service('4711\n4712\n')
  const group = cgroupV2(tree, findCgroups(tree), 4711)?.make('weir-4711-99-1', RUN_LIMITS, 1)
  assert.deepEqual(group?.joins, ['/sys/fs/cgroup/weir-4711-99-1/cgroup.procs'])
  const bare = service('4711\n4712\n')
  bare.files.set('/sys/fs/cgroup/cgroup.controllers', 'cpuset\n')
  assert.equal(cgroupV2(bare, findCgroups(bare), 4711), null)
})

test('a limit that the kernel does not take makes no group', () => {
  const tree = service('4711\n')
  const maker = cgroupV2(tree, findCgroups(tree), 4711)
  const write = tree.write.bind(tree)
  tree.write = (path, text) => (path.endsWith('memory.max') ? false : write(path, text))
  assert.equal(maker?.make('weir-4711-99-1', RUN_LIMITS, 1), null)
  assert.ok(!tree.exists('/sys/fs/cgroup/system.slice/weir.service/weir-4711-99-1'))
})

test('groups of processes that are gone are removed, others stay', () => {
  const tree = service('4711\n')
  const maker = cgroupV2(tree, findCgroups(tree), 4711)
  maker?.make('weir-1-1-1', RUN_LIMITS, 1)
  maker?.make('weir-2-2-1', RUN_LIMITS, 1)
  maker?.clear((name) => name.startsWith('weir-1-'))
  const left = tree.list('/sys/fs/cgroup/system.slice/weir.service').filter((name) => /^weir-\d/.test(name))
  assert.deepEqual(left, ['weir-2-2-1'])
})

test('first version: below this process’s own group of each hierarchy, the one of memory and swap too', () => {
  const tree = new Tree(
    {
      '/proc/self/cgroup': '6:pids:/\n4:memory:/jobs/7\n2:cpu,cpuacct:/\n0::/\n',
      '/proc/self/mountinfo': [
        '31 25 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
        '32 25 0:28 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids',
        '33 25 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct',
        '34 25 0:30 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
        '',
      ].join('\n'),
    },
    V1_GROUP,
  )
  const group = cgroupV1(tree, findCgroups(tree))?.make('weir-1-1-1', { ...RUN_LIMITS, memoryBytes: 4096, processes: 5 }, 1)
  assert.deepEqual(group?.joins, ['/sys/fs/cgroup/memory/jobs/7/weir-1-1-1/tasks', '/sys/fs/cgroup/pids/weir-1-1-1/tasks'])
  assert.deepEqual(group?.mayJoin, ['/sys/fs/cgroup/cpu,cpuacct/weir-1-1-1/tasks'])
  assert.equal(tree.read('/sys/fs/cgroup/memory/jobs/7/weir-1-1-1/memory.memsw.limit_in_bytes'), '4096')
  assert.equal(tree.read('/sys/fs/cgroup/pids/weir-1-1-1/pids.max'), '8')
  assert.equal(tree.read('/sys/fs/cgroup/cpu,cpuacct/weir-1-1-1/cpu.cfs_quota_us'), '95000')
  assert.equal(cgroupV2(tree, findCgroups(tree), 1), null)
})

test('a container’s own part of a hierarchy is found below its mount', () => {
  const tree = new Tree(
    {
      '/proc/self/cgroup': '0::/docker/abc/inner\n',
      '/proc/self/mountinfo': '25 30 0:22 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw\n',
    },
    V2_GROUP,
  )
  assert.deepEqual(findCgroups(tree).v2, { mount: '/sys/fs/cgroup', own: '/sys/fs/cgroup/inner' })
})
