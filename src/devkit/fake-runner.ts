import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { JobKeeps, JobTaken, Leased, RunnerOut } from '../contract/shapes/validation.ts'
import type { TierFacts } from '../core/sandbox/tier.ts'
import type { Matrix } from '../core/validation/matrix.ts'
import type { Outcome } from '../core/validation/outcome.ts'
import type { Proof } from '../core/validation/proof.ts'
import { canonicalJson } from '../core/validation/signed/canonical.ts'
import { pae } from '../core/validation/signed/pae.ts'
import { type Envelope, PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE } from '../core/validation/statement.ts'
import type { Sighting, Verdict } from '../core/validation/verdict.ts'
import { makeToken } from '../server/identity/tokens.ts'
import type { TestDoor } from './door.ts'
import { organisationNamed } from './members.ts'

export const FAKE_TIER: TierFacts = { tier: 'namespace', says: 'a fake wall', memory: 'cgroup-v1' }

export type FakeJob = NonNullable<Leased['job']> & { readonly proof: Proof }

/** A runner that runs nothing: it leases jobs of a test's door and answers what it was told to, properly signed. */
export class FakeRunner {
  readonly id: string
  readonly token: string
  readonly #door: TestDoor
  readonly #key: KeyObject
  readonly #body: object

  private constructor(door: TestDoor, token: string, id: string, key: KeyObject, body: object) {
    this.#door = door
    this.token = token
    this.id = id
    this.#key = key
    this.#body = body
  }

  static async join(door: TestDoor, tiers: readonly TierFacts[] = [FAKE_TIER], organisation = 'Runners'): Promise<FakeRunner> {
    const home = await organisationNamed(door.ground, organisation, 'clearinghouse')
    const wanted = {
      name: 'runner',
      organisation: home,
      person: null,
      roles: ['runner'],
      scopes: ['job:lease'],
      days: 1,
    } as const
    const { secret } = await makeToken(door.ground, wanted)
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
    const lacking =
      tiers.length > 0 ? [] : [{ tier: 'namespace', say: 'bubblewrap is not here.', mend: 'apt install bubblewrap' }]
    const body = { name: 'fake', publicKey: raw, tiers, lacking, slots: 1 }
    const answer = await door.ask('POST', '/v1/runners', { as: { token: secret }, body })
    return new FakeRunner(door, secret, RunnerOut.parse(await answer.json()).id, privateKey, body)
  }

  /** Registers again under the same key, as a runner does that was killed and started anew. */
  async startAgain(): Promise<number> {
    return (await this.post('/v1/runners', this.#body)).status
  }

  async lease(waitMs = 0): Promise<FakeJob | null> {
    const answer = await this.post('/v1/runners/lease', { runner: this.id, waitMs })
    return Leased.parse(await answer.json()).job as FakeJob | null
  }

  async progress(job: FakeJob, say = 'runs', seconds = 1): Promise<JobKeeps | number> {
    const answer = await this.post(`/v1/jobs/${job.id}/progress`, { lease: job.lease, say, done: 1, total: 2, seconds })
    return answer.ok ? JobKeeps.parse(await answer.json()) : answer.status
  }

  async input(job: FakeJob, digest: string): Promise<Buffer | null> {
    const path = `/v1/jobs/${job.id}/inputs/${encodeURIComponent(digest)}?lease=${job.lease}`
    const answer = await this.#door.ask('GET', path, { as: { token: this.token } })
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null
  }

  async log(job: FakeJob, text: string): Promise<Response> {
    return await this.#door.ask('PUT', `/v1/jobs/${job.id}/log?lease=${job.lease}`, { as: { token: this.token }, body: text })
  }

  /** Ends the job with that outcome and a statement about it; the answer's `taken`, or the status of a refusal. */
  async finish(job: FakeJob, outcome: Outcome, more: { envelope?: unknown; seconds?: number; products?: object[] } = {}) {
    const { envelope = this.statement(job.proof, outcome), seconds = 3, products = [] } = more
    return await this.end(job, { how: 'done', outcome, envelope }, seconds, products)
  }

  async end(job: FakeJob, end: object, seconds = 3, products: object[] = []): Promise<boolean | number> {
    const answer = await this.post(`/v1/jobs/${job.id}/result`, { lease: job.lease, end, seconds, products })
    return answer.ok ? JobTaken.parse(await answer.json()).taken : answer.status
  }

  async post(path: string, body: unknown): Promise<Response> {
    return await this.#door.ask('POST', path, { as: { token: this.token }, body })
  }

  statement(proof: Proof, { builds, reproducers, patches, matrix, minimised, ranges }: Outcome): Envelope {
    const { source } = proof.target
    const inputs = [
      ...(source.kind === 'mirror' ? [] : [source.input]),
      ...proof.reproducers.flatMap(({ input }) => (input.kind === 'file' ? [input.input] : input.requests)),
      ...proof.patches.map(({ input }) => input),
    ].map(({ digest }) => digest.slice(7))
    const built = builds.map(({ of, built, say, tree }) => ({ of, built, say, tree }))
    const statement = {
      _type: STATEMENT_TYPE,
      subject: [hex(canonicalJson(proof.recipe)), ...inputs].map((sha256, n) => ({ name: `input ${n}`, digest: { sha256 } })),
      predicateType: PREDICATE_TYPE,
      predicate: {
        asked: { proof: hex(canonicalJson(proof)), tasks: proof.tasks, settings: proof.settings },
        environment: {
          tier: FAKE_TIER,
          architecture: 'x64',
          toolchain: { digest: hex(''), says: [] },
          addressRandomisation: 'off',
        },
        outcome: { builds: built, reproducers, patches, matrix, minimised, ranges },
        varying: { rawLog: hex('') },
      },
    }
    const payload = Buffer.from(canonicalJson(statement))
    const sig = sign(null, pae(PAYLOAD_TYPE, payload), this.#key).toString('base64')
    return { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ keyid: 'ab', sig }] }
  }
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** An outcome in which every reproducer of a proof came to `verdict`, every patch to nothing, and the matrix to what is given. */
export function fakeOutcome(proof: Proof, verdict: Verdict, matrix: Matrix | null = null): Outcome {
  const fired = verdict === 'confirmed' ? proof.settings.runs : 0
  return {
    tier: FAKE_TIER,
    builds: [{ of: 'base', built: true, say: 'Built.', tree: null, fromCache: false, wallMs: 10 }],
    reproducers: proof.reproducers.map(({ id }) => ({
      reproducer: id,
      verdict,
      say: `Fired ${fired} of ${proof.settings.runs} times.`,
      fired,
      of: proof.settings.runs,
      sightings: Array.from({ length: proof.settings.runs }, () => sighting(fired > 0)),
      controls: [{ control: 'empty-input', name: 'empty', outcome: 'silent', say: 'Did not fire.' }],
      seen: fired > 0 ? sighting(true) : null,
      alsoMet: [],
      cwe: null,
    })),
    patches: proof.patches.map(({ id, input }) => ({
      patch: id,
      digest: input.digest,
      standing: 'undecided',
      say: 'Nothing was run.',
      rungs: [],
    })),
    matrix,
    minimised: [],
    ranges: [],
  }
}

function sighting(fired: boolean): Sighting {
  return {
    fired,
    crash: null,
    stack: fired ? [{ symbol: 'parse_name', path: 'src/parse.c', line: 12, column: null, module: null }] : [],
    state: fired ? ['heap-buffer-overflow', 'parse_name'] : [],
    type: fired ? 'Heap-buffer-overflow WRITE 4' : null,
    signal: null,
    exit: fired ? 77 : 0,
    stopped: null,
    logDigest: hex(String(fired)),
  }
}
