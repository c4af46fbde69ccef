import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { LookForProof } from '../server/app/projects/project-desk.ts'

/** Looking for proofs under test: `maker.example` may be looked at, `other.example` stands there too and may not. */
export interface LooksUnderTest {
  readonly look: LookForProof
  /** Lets TXT records stand at a domain, each in its parts. */
  putRecords(domain: string, records: readonly (readonly string[])[]): void
  /** Lets a security.txt stand at a host. */
  putFile(host: string, text: string): void
  /** How often somebody was asked. */
  asked(): number
}

/** What every way of looking for proofs must do; call it within `describe`, with a fresh one for each test. */
export function lookSuite(open: () => Promise<LooksUnderTest>): void {
  it('finds TXT records one a line, the parts of each as one, and nothing where there are none', async () => {
    const { look, putRecords } = await open()
    putRecords('maker.example', [['v=spf1 -all'], ['weir-maintainer-', 'proof=abc']])
    assert.deepEqual((await look('dns-txt', 'maker.example'))?.split('\n').sort(), ['v=spf1 -all', 'weir-maintainer-proof=abc'])
    assert.equal(await look('dns-txt', 'nothing.example'), null)
  })

  it('finds the security.txt of a host that is named, and no more of it than a file of its kind has', async () => {
    const { look, putFile } = await open()
    assert.equal(await look('security-txt', 'maker.example'), null)
    putFile('maker.example', '# weir-maintainer-proof=abc\nContact: mailto:a@maker.example\n')
    assert.match((await look('security-txt', 'maker.example')) ?? '', /^# weir-maintainer-proof=abc\n/)
    putFile('maker.example', 'x'.repeat(1 << 20))
    assert.equal((await look('security-txt', 'maker.example'))?.length, 256 << 10)
  })

  it('asks nobody about a host that is not named, nor about what a person has to look at', async () => {
    const { look, putFile, asked } = await open()
    putFile('other.example', '# weir-maintainer-proof=abc\n')
    for (const [kind, place] of [
      ['security-txt', 'other.example'],
      ['security-txt', 'maker.example@other.example'],
      ['repository-file', 'https://maker.example/repository'],
      ['vouched', 'maker.example'],
    ] as const)
      assert.equal(await look(kind, place), null, `${kind} ${place}`)
    assert.equal(asked(), 0)
  })
}
