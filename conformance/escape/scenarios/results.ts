import assert from 'node:assert/strict'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Scenario } from '../attempt.ts'
import { openBox, runInside } from '../box.ts'
import type { Ground } from '../ground.ts'
import { listTar, makeTar } from '../make-tar.ts'

let folders = 0

/** A folder of tricks made outside and copied as a careless host would; gives the copy. */
async function careless(g: Ground, argv: readonly string[]): Promise<string> {
  const from = join(g.scratch, `tricks-${++folders}`)
  const to = `${from}-copy`
  for (const path of [from, to]) {
    mkdirSync(path)
    chmodSync(path, 0o777)
  }
  const { stdout, stderr } = await g.tool(g.kit.program, argv, from)
  assert.match(stdout, /planted/, stderr)
  if (argv[0] === 'plant') chmodSync(join(from, 'folder'), 0o700)
  await g.tool('/bin/sh', ['-c', `tar -cf - . | tar -xpf - -C ${to}`], from)
  return to
}

/** An archive that left holds plain files and folders with plain names, without privileges, and nothing of the host's. */
function assertPlain(g: Ground, archive: Uint8Array): void {
  for (const { name, kind, mode, link, body } of listTar(archive)) {
    assert.match(kind, /^[05xL\0]$/, `${name} is of kind ${kind}`)
    assert.equal(mode & 0o7000, 0, `${name} has mode ${mode.toString(8)}`)
    assert.equal(link, '', `${name} is a link`)
    if (kind === 'x' || kind === 'L') continue
    assert.ok(!name.startsWith('/') && !name.split('/').includes('..'), name)
    assert.ok(!Buffer.from(body).includes(g.marker), `${name} holds the secret`)
  }
}

/** Nothing in the depot's trees is a device, has privileges, or leads out of its tree. */
export function assertDepot(g: Ground): void {
  const trees = join(g.depot, 'trees')
  assert.ok(readdirSync(trees).includes('kit'), 'the trees are elsewhere')
  for (const tree of readdirSync(trees)) {
    const top = join(trees, tree)
    if (statOrGone(top)?.isDirectory()) assertTree(top, top)
  }
}

function assertTree(top: string, folder: string): void {
  for (const name of namesOrGone(folder)) {
    const path = join(folder, name)
    const facts = statOrGone(path)
    // Dropped by another attempt in the meantime.
    if (facts === null) continue
    assert.ok(facts.isFile() || facts.isDirectory() || facts.isSymbolicLink(), `${path} is something else`)
    assert.ok(facts.isDirectory() || (facts.mode & 0o7000) === 0, `${path} has mode ${facts.mode.toString(8)}`)
    if (facts.isDirectory()) assertTree(top, path)
    if (!facts.isSymbolicLink()) continue
    const to = relative(top, resolve(folder, readlinkSync(path)))
    assert.ok(!to.startsWith('..'), `${path} leads to ${readlinkSync(path)}`)
  }
}

function statOrGone(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}

function namesOrGone(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const plant = (g: Ground) => ['plant', g.secret]

/** Folders that trick whoever takes them: taken as an archive, and kept in the depot. */
export const RESULT_SCENARIOS: readonly Scenario[] = [
  {
    area: 'results',
    name: 'get-links',
    tries: 'have a file of the host carried out by a symbolic link',
    control: async (g) =>
      assert.match(readFileSync(join(await careless(g, plant(g)), 'link-out'), 'utf8'), new RegExp(g.marker)),
    held: async (g) => {
      const ran = await runInside(g.sandbox(), plant(g), { cwd: '/out', get: ['/out'] })
      assert.match(ran.stdout, /planted/)
      assertPlain(g, ran.got)
      assert.ok(
        listTar(ran.got).some(({ body }) => Buffer.from(body).toString() === 'plain'),
        'the plain file came',
      )
      assert.ok(ran.leftOut.length > 0)
      assert.doesNotMatch(ran.wire, /[\u0000-\u001f\u007f]/)
    },
  },
  {
    area: 'results',
    name: 'get-in-box',
    tries: 'the same from an open sandbox, by the link itself and by /proc',
    control: async (g) =>
      assert.match(readFileSync(join(await careless(g, plant(g)), 'link-out'), 'utf8'), new RegExp(g.marker)),
    held: async (g) => {
      const box = await openBox(g.sandbox())
      await box.exec(plant(g), '/out')
      for (const path of [
        '/out',
        '/out/link-out',
        '/out/link-up',
        '/out/link-up/passwd',
        '/out/fifo',
        '/out/../proc/self/environ',
        '/proc/self/root',
      ]) {
        const { answer, bytes } = await box.get(path)
        if (answer.did === 'got') assertPlain(g, bytes)
        else assert.equal(answer.did, 'refused', JSON.stringify(answer))
      }
      await box.close()
    },
  },
  {
    area: 'results',
    name: 'keep-setuid',
    tries: 'keep a setuid file, devices, sockets and links in the depot',
    control: async (g) => {
      const copy = await careless(g, plant(g))
      assert.equal(statSync(join(copy, 'setuid')).mode & 0o7000, 0o6000)
      assert.ok(lstatSync(join(copy, 'fifo')).isFIFO())
    },
    held: async (g) => {
      const entry = `kept-${++folders}`
      const ran = await runInside(g.sandbox(), plant(g), { cwd: '/out', keep: { path: '/out', entry } })
      assert.match(ran.stdout, /planted/)
      assertDepot(g)
      const box = await openBox(g.sandbox())
      await box.exec(plant(g), '/out')
      await box.keep('/out', `${entry}-again`)
      await box.close()
      assertDepot(g)
    },
  },
  {
    area: 'results',
    name: 'race',
    tries: 'swap a folder for a link while it is taken',
    control: async (g) => {
      // Reads by path, again and again, as whoever looks first and opens then.
      const from = join(g.scratch, `race-${++folders}`)
      mkdirSync(from)
      chmodSync(from, 0o777)
      const reads = `n=0; "$0" plant-race ${g.folder}; while [ $n -lt 20000 ]; do n=$((n+1)); read -r x <swap/secret && [ "$x" != harmless ] && { echo followed; break; }; done`
      assert.match((await g.tool('/bin/sh', ['-c', reads, g.kit.program], from)).stdout, /followed/)
    },
    held: async (g) => {
      const box = await openBox(g.sandbox(), { limits: { wallMs: 4000 } })
      // The link leads to the inputs: what comes by it would be found by its name.
      const racing = box.exec(['plant-race', '/in/kit', 'stay'], '/out')
      await new Promise((go) => setTimeout(go, 200))
      for (let n = 0; n < 10; n++) {
        const { answer, bytes } = await box.get('/out')
        if (answer.did === 'got') {
          assertPlain(g, bytes)
          assert.ok(!listTar(bytes).some(({ name }) => name.includes('attempts')), 'it followed the link')
        }
      }
      await box.close()
      await racing.catch(() => {})
    },
  },
  {
    area: 'results',
    name: 'deep',
    tries: 'return a folder 1000 deep',
    control: async (g) => {
      const from = join(g.scratch, `deep-${++folders}`)
      mkdirSync(from)
      chmodSync(from, 0o777)
      assert.match((await g.tool(g.kit.program, ['plant-deep', '1000'], from)).stdout, /planted/)
      await g.tool('/bin/rm', ['-rf', from])
    },
    held: async (g) => {
      const limits = { files: 5000 }
      const ran = await runInside(g.sandbox(), ['plant-deep', '1000'], { cwd: '/out', get: ['/out'], limits })
      assertPlain(g, ran.got)
      const entry = `deep-${++folders}`
      await runInside(g.sandbox(), ['plant-deep', '1000'], { cwd: '/out', keep: { path: '/out', entry }, limits }).catch(
        () => {},
      )
      assertDepot(g)
      assert.deepEqual(g.harmed(), [])
    },
  },
  {
    area: 'results',
    name: 'sparse',
    tries: 'return a file of 1 TiB that has no content',
    control: async (g) => {
      const from = join(g.scratch, `sparse-${++folders}`)
      mkdirSync(from)
      chmodSync(from, 0o777)
      await g.tool(g.kit.program, ['plant-sparse', '1048576'], from)
      assert.equal(statSync(join(from, 'sparse')).size, 2 ** 40)
    },
    held: async (g) => {
      const limits = { resultBytes: 4 << 20, wallMs: 4000 }
      const ran = await runInside(g.sandbox(), ['plant-sparse', '1048576'], { cwd: '/out', get: ['/out'], limits }).catch(
        (refused: Error) => {
          // Too large, or its zeros took longer to read than the run may: refused, and nothing came.
          assert.match(refused.message, /sandbox\.(too-large|bad-archive)|wall-time/)
          return null
        },
      )
      assert.ok(ran === null || ran.got.length <= 4 << 20)
      assert.deepEqual(g.harmed(), [])
    },
  },
  {
    area: 'results',
    name: 'put-outside',
    tries: 'have an input put outside the writable places, by name and by a link',
    control: async (g) => {
      const archive = join(g.scratch, `up-${++folders}.tar`)
      writeFileSync(archive, makeTar([{ name: `../${folders}-up`, body: Buffer.from('up') }]))
      mkdirSync(join(g.scratch, `up-${folders}`))
      await g.tool('/bin/tar', ['-xPf', archive, '-C', join(g.scratch, `up-${folders}`)])
      assert.ok(readdirSync(g.scratch).includes(`${folders}-up`))
    },
    held: async (g) => {
      const box = await openBox(g.sandbox())
      const body = Buffer.from('escaped')
      await box.exec(['plant', '/weir'], '/out')
      for (const [at, archive] of [
        ['/work', makeTar([{ name: '../etc/escaped', body }])],
        ['/work', makeTar([{ name: '/etc/escaped', body }])],
        ['/usr', makeTar([{ name: 'escaped', body }])],
        ['/in/kit', makeTar([{ name: 'escaped', body }])],
        ['/out/link-out', makeTar([{ name: 'escaped', body }])],
        ['/work/../../etc', makeTar([{ name: 'escaped', body }])],
      ] as const)
        await box.put(at, archive)
      for (const path of ['/etc/escaped', '/usr/escaped', '/in/kit/escaped', '/weir/escaped'])
        assert.match((await box.exec(['read-path', path])).text, /^held/, path)
      await box.close()
    },
  },
]
