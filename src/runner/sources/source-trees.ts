import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Ran, RunAsk } from '../../core/validation/ask.ts'
import type { Target } from '../../core/validation/proof.ts'
import { Failure } from '../failure.ts'
import { digestOf } from '../proof-file/input-shelf.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { packFolder } from '../tar/pack-folder.ts'
import { entryOf } from './entry-name.ts'
import { bundleRun, checkoutRun, historyRun, REVISION, stripRun } from './tree-runs.ts'

const FILL_LIMITS = { bytes: 2 ** 31, files: 400_000 }
const MIRROR_LIMITS = { bytes: 2 ** 30, files: 200_000 }
const MOST_HISTORY = 5000

export interface SourceGround {
  readonly client: SandboxClient
  readonly run: (ask: RunAsk) => Promise<Ran>
  readonly input: (digest: string) => Promise<Uint8Array>
  /** Folders of repositories, by name. */
  readonly mirrors: ReadonlyMap<string, string>
}

export interface SourceTree {
  readonly entry: string
  readonly digest: string
}

/** The source of one target as trees in the depot, each made once. */
export class SourceTrees {
  readonly #target: Target
  readonly #ground: SourceGround
  #repo: Promise<string> | null = null

  constructor(target: Target, ground: SourceGround) {
    this.#target = target
    this.#ground = ground
  }

  /**
   * The tree at a revision (null: the target's own). Null where the source has no such revision. Throws Failure where the target's
   * own source cannot be had.
   */
  async tree(revision: string | null): Promise<SourceTree | null> {
    const { source } = this.#target
    if (source.kind === 'archive') return revision === null ? this.#archive(source.input.digest) : null
    const wanted = revision ?? source.revision
    if (!REVISION.test(wanted)) throw new Failure('source.no-revision', `"${wanted.slice(0, 100)}" names no revision.`)
    const repo = await this.#repository()
    const entry = entryOf('src', repo, wanted)
    const there = await this.#has(entry)
    if (there !== null) return there
    const ran = await this.#ground.run(checkoutRun(repo, wanted, entry))
    if (ran.kept !== null) return { entry, digest: ran.kept.digest }
    if (revision !== null) return null
    throw new Failure('source.no-revision', `The source has no revision ${wanted}: ${lastWords(ran)}`)
  }

  /** Commits along first parents up to the target's revision, oldest first, at most the newest 5000; null where there is no history. */
  async history(): Promise<readonly string[] | null> {
    const { source } = this.#target
    if (source.kind === 'archive' || !REVISION.test(source.revision)) return null
    const { stdout, end } = await this.#ground.run(historyRun(await this.#repository(), source.revision, MOST_HISTORY))
    if (end.how !== 'ended' || end.exit !== 0) return null
    const lines = new TextDecoder().decode(stdout).split('\n')
    return lines.filter((line) => /^[0-9a-f]{40,64}$/.test(line)).slice(0, MOST_HISTORY)
  }

  async #archive(digest: string): Promise<SourceTree> {
    const entry = entryOf('src', digest)
    const there = await this.#has(entry)
    if (there !== null) return there
    const raw = entryOf('raw', digest)
    await this.#fill(raw, await this.#ground.input(digest))
    const ran = await this.#ground.run(stripRun(raw, entry))
    await this.#ground.client.ask({ do: 'drop', entry: raw }, 'dropped')
    if (ran.kept === null) throw new Failure('source.unusable', `The source could not be unpacked: ${lastWords(ran)}`)
    return { entry, digest: ran.kept.digest }
  }

  #repository(): Promise<string> {
    this.#repo ??= this.#openRepository()
    return this.#repo
  }

  async #openRepository(): Promise<string> {
    const { source } = this.#target
    if (source.kind === 'mirror') return this.#mirror(source.mirror)
    if (source.kind !== 'git-bundle') throw new Failure('source.no-history', 'An archive has no history.')
    const entry = entryOf('repo', source.input.digest)
    if ((await this.#has(entry)) !== null) return entry
    const ran = await this.#ground.run(bundleRun(await this.#ground.input(source.input.digest), entry))
    if (ran.kept === null) throw new Failure('source.unusable', `The git bundle could not be opened: ${lastWords(ran)}`)
    return entry
  }

  async #mirror(name: string): Promise<string> {
    const folder = this.#ground.mirrors.get(name)
    if (folder === undefined)
      throw new Failure('source.no-mirror', `This runner has no mirror called "${name.slice(0, 100)}".`, {
        mend: `Set WEIR_MIRRORS="${name.slice(0, 100)}=FOLDER" for the runner.`,
      })
    const git = existsSync(join(folder, '.git')) ? join(folder, '.git') : folder
    if (!statSync(git, { throwIfNoEntry: false })?.isDirectory() || !existsSync(join(git, 'objects')))
      throw new Failure('source.no-mirror', 'The mirror is no git repository.', { where: folder })
    const { bytes } = packFolder(git, MIRROR_LIMITS, true)
    const entry = entryOf('repo', digestOf(bytes))
    if ((await this.#has(entry)) === null) await this.#fill(entry, bytes)
    return entry
  }

  async #fill(entry: string, bytes: Uint8Array): Promise<void> {
    await this.#ground.client.ask({ do: 'fill', entry, limits: FILL_LIMITS, bytes: bytes.length }, 'filled', [bytes])
  }

  async #has(entry: string): Promise<SourceTree | null> {
    const { answer } = await this.#ground.client.ask({ do: 'has', entry }, 'has')
    return answer.tree === null ? null : { entry, digest: answer.tree.digest }
  }
}

function lastWords({ stderr, end }: Ran): string {
  const text = new TextDecoder().decode(stderr).trim().split('\n').at(-1) ?? ''
  return text === '' ? `it ended with ${end.how}.` : text.replace(/[\x00-\x1f\x7f]/g, '?').slice(0, 300)
}
