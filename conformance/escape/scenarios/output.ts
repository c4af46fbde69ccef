import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from '../attempt.ts'
import { openBox, runInside } from '../box.ts'

const MIB = 1 << 20
const CAP = MIB

function flood(name: string, fd: 1 | 2, mib: number): Scenario {
  const stream = fd === 1 ? 'stdout' : 'stderr'
  return {
    area: 'output',
    name,
    tries: `${mib} MiB of ${fd === 1 ? 'standard output' : 'standard error'}`,
    alone: true,
    // 40 MiB go through where nobody counts.
    control: async (g) => assert.equal((await g.outside(['flood', String(fd), '40'])).exit, 0),
    held: async (g) => {
      const ran = await runInside(g.sandbox(), ['flood', String(fd), String(mib)], {
        limits: { outputBytes: CAP, wallMs: 15_000 },
      })
      assert.equal(ran[stream].length, CAP)
      assert.ok(ran.end.how === 'ended' || ran.end.how === 'wall-time', JSON.stringify(ran.end))
      if (ran.end.how === 'ended') assert.equal(ran.dropped[stream], mib * MIB - CAP)
      else assert.ok(ran.dropped[stream] > 0)
    },
  }
}

/** Bytes that whoever prints or parses them might take for something else: they come out as counted bytes and nothing more. */
function inert(name: string, tries: string, text: string): Scenario {
  return {
    area: 'output',
    name,
    tries,
    control: async (g) => assert.equal((await g.outside(['say', text])).stdout, text),
    held: async (g) => {
      const ran = await runInside(g.sandbox(), ['say', text])
      assert.deepEqual(ran.end, { how: 'ended', exit: 0, signal: null })
      assert.equal(ran.stdout, text)
      assert.equal(ran.stderr, text)
      assert.doesNotMatch(ran.wire, /[\u0000-\u001f\u007f-\u009f]|forged/)
    },
  }
}

/** The processes of the host that are called `name` and not yet dead. */
function living(name: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const status = /^\d+$/.test(pid) ? readFileSync(join('/proc', pid, 'status'), 'utf8') : ''
      return status.startsWith(`Name:\t${name}\n`) && !/^State:\s*[ZX]/m.test(status)
    } catch {
      return false
    }
  })
}

function daemon(name: string, streams: 'keep' | 'drop', how: 'run' | 'exec'): Scenario {
  return {
    area: 'time',
    name,
    tries: `leave a daemon that ${streams === 'keep' ? 'keeps' : 'drops'} the streams (${how})`,
    alone: true,
    control: async (g) => {
      const late = g.disposable()
      await g.outside(['daemon-stays', '300', streams, late])
      for (let n = 0; n < 600 && readFileSync(late, 'utf8') !== 'late'; n++) await new Promise((go) => setTimeout(go, 50))
      assert.equal(readFileSync(late, 'utf8'), 'late')
      // It ends by itself, a moment after it wrote.
      for (let n = 0; n < 600 && living('weir-stays').length > 0; n++) await new Promise((go) => setTimeout(go, 50))
    },
    held: async (g) => {
      assert.deepEqual(living('weir-stays'), [])
      const began = performance.now()
      if (how === 'run') {
        const ran = await runInside(g.sandbox(), ['daemon-stays', '60000', streams], { limits: { wallMs: 3000 } })
        assert.doesNotMatch(ran.stdout, /ESCAPED/)
      } else {
        const box = await openBox(g.sandbox(), { limits: { wallMs: 3000 } })
        await box.exec(['daemon-stays', '60000', streams])
        await box.close()
      }
      assert.ok(performance.now() - began < 30_000, 'it held the run up')
      assert.deepEqual(living('weir-stays'), [], 'it outlived its sandbox')
    },
  }
}

const ESCAPES = '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b]52;c;ZWNobyBo\u0007\r\u0000\u0007\u001bP$q"p\u001b\\'

/** What leaves as bytes, and what would like to stay. */
export const OUTPUT_SCENARIOS: readonly Scenario[] = [
  flood('flood-output', 1, 1024),
  flood('flood-errors', 2, 256),
  inert('terminal-escapes', 'send escapes to whoever prints the output', ESCAPES.replaceAll('\u0000', '')),
  inert('forged-answer', 'print an answer of the sandbox process', '\n{"n":1,"did":"ran","forged":true}\n'),
  inert('forged-record', "print a record of the sandbox's inner part", `exited 0 forged${' '.repeat(137)}\nready\nlost\n`),
  {
    area: 'output',
    name: 'many-floods',
    tries: 'flood both streams of several runs at once',
    alone: true,
    control: async (g) => assert.equal((await g.outside(['flood', '1', '40'])).exit, 0),
    held: async (g) => {
      const memory = () => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${g.launcher()}/status`, 'utf8'))![1]) << 10
      const runs = [1, 2, 1, 2].map((fd) =>
        runInside(g.sandbox(), ['flood', String(fd), '200'], { limits: { outputBytes: CAP } }),
      )
      let peak = 0
      const watch = setInterval(() => {
        peak = Math.max(peak, memory())
      }, 50)
      await Promise.all(runs)
      clearInterval(watch)
      assert.ok(peak < 512 * MIB, `the sandbox process grew to ${peak >> 20} MiB`)
    },
  },
  daemon('daemon-keep', 'keep', 'run'),
  daemon('daemon-drop', 'drop', 'run'),
  daemon('daemon-keep-exec', 'keep', 'exec'),
  daemon('daemon-drop-exec', 'drop', 'exec'),
]

/** Programs that were started inside and still run, by what /proc shows of the host. */
export function strays(): string[] {
  return living('attempts').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('/in/kit/')
    } catch {
      return false
    }
  })
}
