import assert from 'node:assert/strict'
import type { Scenario } from '../attempt.ts'
import { openBox, runInside } from '../box.ts'
import type { Ground } from '../ground.ts'

/** A second run leaves a mark in every place it can write, and stays while another looks for it. */
async function besideAnother(g: Ground, argv: readonly string[]): Promise<void> {
  const other = await openBox(g.sandbox())
  try {
    for (const place of ['/work', '/in', '/tmp', '/out', '/dev/shm'])
      assert.match((await other.exec(['leave', `${place}/${g.marker}`, g.marker])).text, /left/, `a mark in ${place}`)
    const { stdout } = await runInside(g.sandbox(), argv)
    assert.match(stdout, /^held/)
  } finally {
    await other.close()
  }
}

async function succeeds(g: Ground, argv: readonly string[]): Promise<void> {
  const { stdout, stderr } = await g.outside(argv)
  assert.match(stdout, /^ESCAPED/m, stderr)
}

/** In an open sandbox: held, and what comes next in it still works. */
async function thenAgain(g: Ground, argv: readonly string[], held = /^held/): Promise<void> {
  const box = await openBox(g.sandbox())
  try {
    assert.match((await box.exec(argv)).text, held)
    const after = await box.exec(['say', 'still here'])
    assert.deepEqual(after.end, { how: 'ended', exit: 0, signal: null })
    assert.equal(after.text, 'still here')
  } finally {
    await box.close()
  }
}

const agent = (
  name: string,
  tries: string,
  inside: readonly string[],
  outside: (g: Ground) => Promise<readonly string[]> | readonly string[],
): Scenario => ({
  area: 'agent',
  name,
  tries,
  control: async (g) => succeeds(g, await outside(g)),
  held: (g) => thenAgain(g, inside),
})

/** Two runs at once, one run after another, and the part of the wall that stands inside an open sandbox. */
export const SESSION_SCENARIOS: readonly Scenario[] = [
  {
    area: 'other-runs',
    name: 'beside',
    tries: 'find what another open sandbox wrote',
    control: (g) => succeeds(g, ['find-marker', g.marker, g.folder]),
    held: (g) => besideAnother(g, ['find-marker', g.marker, '/work', '/in', '/tmp', '/out', '/dev', '/src', '/var', '/run']),
  },
  {
    area: 'other-runs',
    name: 'beside-proc',
    tries: 'reach it through /proc',
    control: (g) => succeeds(g, ['through-proc', g.secret]),
    held: (g) => besideAnother(g, ['through-proc', `tmp/${g.marker}`]),
  },
  {
    area: 'other-runs',
    name: 'after',
    tries: 'find what an earlier run left',
    control: (g) => succeeds(g, ['find-marker', g.marker, g.folder]),
    held: async (g) => {
      for (const place of ['/work', '/tmp', '/dev/shm', '/out'])
        assert.match((await runInside(g.sandbox(), ['leave', `${place}/${g.marker}`, g.marker])).stdout, /left/)
      const { stdout } = await runInside(g.sandbox(), ['find-marker', g.marker, '/work', '/in', '/tmp', '/out', '/dev'])
      assert.match(stdout, /^held/)
    },
  },
  {
    area: 'other-runs',
    name: 'abstract-socket',
    tries: 'reach an abstract socket of another sandbox',
    control: (g) => succeeds(g, ['unix-abstract', g.abstract]),
    held: async (g) => {
      const other = await openBox(g.sandbox(), { limits: { wallMs: 1500 } })
      const listening = other.exec(['unix-listen', 'between'])
      await new Promise((go) => setTimeout(go, 300))
      const { stdout } = await runInside(g.sandbox(), ['unix-abstract', 'between'])
      assert.match(stdout, /^held ECONNREFUSED/)
      const heard = await listening
      assert.equal(heard.text, 'ready\n')
      await other.close()
    },
  },
  {
    area: 'other-runs',
    name: 'segments',
    tries: 'attach a System V segment of another sandbox',
    control: (g) => succeeds(g, ['shared-memory', g.shmKey]),
    held: async (g) => {
      const other = await openBox(g.sandbox(), { limits: { wallMs: 1500 } })
      const planted = other.exec(['shared-memory-plant', '4711', 'stay'])
      await new Promise((go) => setTimeout(go, 300))
      assert.match((await runInside(g.sandbox(), ['shared-memory', '4711'])).stdout, /^held/)
      // Where memory is only watched, there are no segments at all.
      assert.match((await planted).text, /^(ready|held ENOSYS)/)
      await other.close()
    },
  },
  agent('kill-first', 'end the first process inside', ['kill-first', '1'], async (g) => [
    'kill-first',
    (await g.freshVictim())[0]!,
  ]),
  agent('first-memory', 'write its memory', ['memory-file', '1', '4194304'], async (g) => [
    'memory-file',
    ...(await g.freshVictim()),
  ]),
  agent('first-environment', 'read its environment', ['read-path', '/proc/1/environ'], (g) => [
    'read-path',
    `/proc/${g.victim[0]}/environ`,
  ]),
  agent('first-maps', 'read its memory map', ['read-path', '/proc/1/maps'], (g) => ['read-path', `/proc/${g.victim[0]}/maps`]),
  agent('first-descriptors', 'list its descriptors', ['list-folder', '/proc/1/fd'], (g) => [
    'list-folder',
    `/proc/${g.victim[0]}/fd`,
  ]),
  agent('first-trace', 'trace it', ['trace-attach', '1'], async (g) => ['trace-attach', ...(await g.freshVictim())]),
  agent('first-steal', 'take its descriptors', ['pidfd-steal', '1', '0', '4'], (g) => ['pidfd-steal', ...g.victim]),
  {
    area: 'agent',
    name: 'given-descriptors',
    tries: 'find a descriptor of its own',
    control: async (g) => assert.match((await g.outside(['descriptors'], g.user, { gifts: ['pipe'] })).stdout, /^ESCAPED/),
    held: (g) => thenAgain(g, ['descriptors']),
  },
  {
    area: 'agent',
    name: 'say-for-it',
    tries: 'answer in its place through every descriptor and pipe to be seen',
    control: async (g) => {
      const { stdout, stderr } = await g.outside(['say-everywhere', 'exited 0\n', ...(await g.freshVictim()).slice(0, 1)])
      assert.match(stdout + stderr, /wrote to [1-9]/)
    },
    held: async (g) => {
      const box = await openBox(g.sandbox())
      const { end } = await box.exec(['say-everywhere', `exit 0${' '.repeat(146)}`])
      if (end.how === 'ended') assert.equal(end.exit, 3)
      else assert.equal(end.how, 'lost')
      await box.close()
    },
  },
  {
    area: 'agent',
    name: 'kill-all-beside',
    tries: 'kill everything inside, then go on',
    control: async (g) => succeeds(g, ['signal-all', (await g.freshVictim())[0]!, 'only']),
    held: async (g) => {
      const box = await openBox(g.sandbox())
      assert.doesNotMatch((await box.exec(['signal-all', g.victim[0]!])).text, /ESCAPED/)
      const after = await box.exec(['say', 'still here'])
      assert.ok(after.text === 'still here' || after.end.how === 'lost', JSON.stringify(after.end))
      await box.close()
    },
  },
]
