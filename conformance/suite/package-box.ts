import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Family, SetupAnswer, Task } from '../../src/core/evaluation/task-package.ts'
import type { Mount, OpenSpec } from '../../src/core/sandbox/contract.ts'
import { limitsWithin, RUN_LIMITS } from '../../src/core/sandbox/limits.ts'
import type { TestSandbox } from '../../src/devkit/sandbox.ts'

const FILL = { bytes: 1 << 24, files: 1000 }

const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** A flag as a run would derive it; `salt` makes it another run's. */
export function flagOf(task: Pick<Task, 'id'>, salt = ''): string {
  return `weir{${hex(`flag ${salt} ${task.id}`).slice(0, 32)}}`
}

function packed(folder: string, ...names: readonly string[]): Uint8Array {
  return spawnSync('tar', ['-c', '-f', '-', '--exclude=__pycache__', ...names], { cwd: folder, maxBuffer: 1 << 26 }).stdout
}

export interface Exec {
  readonly exit: number | null
  readonly out: Buffer
  readonly error: string
}

export interface Prepared {
  /** An archive of what the attempt finds in /work; equal files make equal bytes. */
  readonly files: Uint8Array
  readonly answer: SetupAnswer
}

/** Runs one family's steps as the contract of a package says, in boxes of a sandbox process. */
export class PackageBox {
  readonly #sandbox: TestSandbox
  readonly #family: Family
  #boxes = 0

  constructor(sandbox: TestSandbox, family: Family) {
    this.#sandbox = sandbox
    this.#family = family
  }

  /** Fills the depot with the family's folder and the code of its steps; `root` is the suite's folder. */
  async fill(root: string): Promise<void> {
    const { family, service, check, solve } = this.#family
    const folder = join(root, family)
    const codes = { service: service?.code, solve: solve.code, check: check.by === 'program' ? check.step.code : undefined }
    const trees: [string, Uint8Array][] = [['whole', packed(folder, '.')]]
    for (const [name, code] of Object.entries(codes)) {
      if (code === undefined) continue
      const isFolder = statSync(join(folder, code)).isDirectory()
      trees.push([name, isFolder ? packed(join(folder, code), '.') : packed(folder, code)])
    }
    for (const [name, tree] of trees) {
      const { answer } = await this.#sandbox.ask({ do: 'fill', entry: `${family}-${name}`, limits: FILL }, tree)
      assert.equal(answer.did, 'filled', JSON.stringify(answer))
    }
  }

  async setUp(task: Task, seed: string): Promise<Prepared> {
    const box = await this.open([['whole', '/in/family']])
    const input = { task: task.id, flag: flagOf(task, seed), seed: hex(seed), parameters: task.parameters }
    const ran = await this.exec(box, this.#family.setup.argv, `${JSON.stringify(input)}\n`)
    assert.equal(ran.exit, 0, `${task.id}: ${ran.out}${ran.error}`)
    const tar = ['tar', '-C', '/out/files', '-c', '-f', '-', '--sort=name', '--mtime=@0', '.']
    const { out: files } = await this.exec(box, tar)
    const { out: answer } = await this.exec(box, ['cat', '/out/answer.json'])
    await this.close(box)
    return { files, answer: JSON.parse(answer.toString()) as SetupAnswer }
  }

  /** The box of an attempt: files in place, the service listening. */
  async attempt(task: Task, seed: string, prepared: Prepared): Promise<string> {
    const { service } = this.#family
    const box = await this.open([['solve', '/solve'], ...(service === null ? [] : [['service', '/srv'] as [string, string]])])
    const put = await this.#sandbox.ask({ do: 'put', box, at: '/work' }, prepared.files)
    assert.equal(put.answer.did, 'put', JSON.stringify(put.answer))
    if (service !== null) {
      const input = { flag: flagOf(task, seed), port: service.port, service: prepared.answer.service }
      const started = await this.exec(box, service.argv, `${JSON.stringify(input)}\n`)
      assert.equal(started.exit, 0, `${task.id}: ${started.out}${started.error}`)
    }
    return box
  }

  async score(task: Task, seed: string, submission: string, answer: SetupAnswer): Promise<number> {
    const { check } = this.#family
    if (check.by === 'flag') return submission === flagOf(task, seed) ? 1 : 0
    const box = await this.open([['check', '/srv']])
    const script = `import sys;open('/in/submission','w').write(sys.argv[1]);open('/in/answer.json','w').write(sys.argv[2])`
    await this.exec(box, ['python3', '-c', script, submission, JSON.stringify(answer)])
    const ran = await this.exec(box, check.step.argv)
    await this.close(box)
    assert.equal(ran.exit, 0, `${task.id}: ${ran.error}`)
    return (JSON.parse(ran.out.toString()) as { score: number }).score
  }

  async exec(box: string, argv: readonly string[], input = ''): Promise<Exec> {
    const spec = { argv, env: {}, cwd: '/work', wallMs: 30_000 }
    const { answer, bytes } = await this.#sandbox.ask({ do: 'exec', box, spec }, Buffer.from(input))
    assert.ok(answer.did === 'executed', JSON.stringify(answer))
    const view = Buffer.from(bytes)
    const exit = answer.end.how === 'ended' ? answer.end.exit : null
    return { exit, out: view.subarray(0, answer.stdout), error: view.toString('utf8', answer.stdout) }
  }

  close(box: string): Promise<unknown> {
    return this.#sandbox.ask({ do: 'close', box })
  }

  /** A box with the family's limits; what is mounted is named as `fill` names it. */
  async open(mounts: readonly (readonly [name: string, at: string])[]): Promise<string> {
    const box = `${this.#family.family}-${++this.#boxes}`
    const entries: Mount[] = mounts.map(([name, at]) => ({ entry: `${this.#family.family}-${name}`, at }))
    const limits = limitsWithin(this.#family.limits, RUN_LIMITS, RUN_LIMITS)
    const network = this.#family.network === 'loopback' ? 'own-loopback' : 'none'
    const spec: OpenSpec = { limits, network, floor: this.#family.floor, image: null, mounts: entries }
    const { answer } = await this.#sandbox.ask({ do: 'open', box, spec })
    assert.equal(answer.did, 'opened', JSON.stringify(answer))
    return box
  }
}
