// The 518 Merkle proof vectors: RFC 6962 inclusion and consistency, and the subtree proofs of the draft on tree certificates.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyConsistency, verifyInclusion, verifyInSubtree, verifySubtree } from '../src/ledger/proof.ts'
import { sha256 } from '../src/ledger/sha256.ts'
import { readTarZst } from './read-tar.ts'

interface Vector {
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
  readonly leafIdx: number
  readonly treeSize: number
  readonly leafHash: string
  readonly root: string
  readonly size1: number
  readonly size2: number
  readonly start: number
  readonly end: number
  readonly size: number
  readonly root1: string
  readonly root2: string
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

const KINDS: Record<string, { readonly count: number; readonly verify: (v: Vector, proof: Uint8Array[]) => { ok: boolean } }> =
  {
    inclusion: {
      count: 98,
      verify: (v, proof) => verifyInclusion(bytes(v.leafHash), v.leafIdx, v.treeSize, proof, bytes(v.root), sha256),
    },
    consistency: {
      count: 98,
      verify: (v, proof) => verifyConsistency(v.size1, v.size2, proof, bytes(v.root1), bytes(v.root2), sha256),
    },
    subtreeinclusion: {
      count: 204,
      verify: (v, proof) => verifyInSubtree(bytes(v.leafHash), v.leafIdx, v.start, v.end, proof, bytes(v.root), sha256),
    },
    subtreeconsistency: {
      count: 118,
      verify: (v, proof) => verifySubtree(v.start, v.end, v.size, proof, bytes(v.root1), bytes(v.root2), sha256),
    },
  }

const ARCHIVE = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/conformance/merkle-proof-vectors.tar.zst')

for (const [kind, { count, verify }] of Object.entries(KINDS)) {
  test(`Merkle proof vectors: ${kind}`, (t) => {
    if (!process.env['WEIR_CORPUS'] || !existsSync(ARCHIVE))
      return t.skip('WEIR_CORPUS is not set: Merkle vectors are left out')
    const cases = [...readTarZst(ARCHIVE)].filter(([path]) => path.startsWith(`testdata/${kind}/`))
    assert.equal(cases.length, count)
    const wrong = cases.filter(([, json]) => {
      const vector = JSON.parse(json.toString('utf8')) as Vector
      return verify(vector, (vector.proof ?? []).map(bytes)).ok === vector.wantErr
    })
    assert.deepEqual(
      wrong.map(([path]) => path),
      [],
    )
  })
}
