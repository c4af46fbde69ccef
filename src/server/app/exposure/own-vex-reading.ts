import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { type ReadItem, readKnownItem } from '../../../formats/known/known-entry.ts'
import type { KnownItem } from '../../../formats/known/known-item.ts'
import { KNOWN_LIMITS, knownReader } from '../../../formats/known/known-reader.ts'
import { type Answer, denied, done } from '../answer.ts'
import { UnpackError, unpack } from '../findings/unpack.ts'
import { TooSlow } from './steady-body.ts'

export interface OwnVexRead {
  /** The id that it gives itself; empty: none. */
  readonly document: string
  readonly statements: readonly VexStatement[]
  /** Statements that name no product. */
  readonly aside: number
}

const MOST_BYTES = 16 << 20
const MOST_STATEMENTS = 20_000
const MOST_PRODUCTS = 100_000
const MOST_IDS = 100
const MOST_TEXT = 2_000

/**
 * Reads one VEX document (OpenVEX, CycloneDX with `vulnerabilities`, CSAF), plain, gzip or Zstandard. Hostile: at most 16 MiB
 * unpacked, 20,000 statements and 100,000 products. A statement without a product speaks of a subject that nobody here knows: it is
 * counted and left out.
 */
export async function readOwnVexBody(source: AsyncIterable<Uint8Array>): Promise<Answer<OwnVexRead>> {
  const reader = knownReader(readKnownItem, undefined, { ...KNOWN_LIMITS, itemBytes: MOST_BYTES })
  const items: KnownItem<ReadItem>[] = []
  try {
    for await (const chunk of unpack(source, MOST_BYTES)) {
      items.push(...reader.push(chunk))
      if (items.length > 1) return ONE
    }
  } catch (error) {
    if (error instanceof TooSlow)
      return denied('request.invalid', 'Not stored: it came too slowly. Send it again, packed with gzip or Zstandard.')
    if (!(error instanceof UnpackError)) throw error
    return error.code === 'report.too-large'
      ? denied('request.too-large', `A VEX document has at most ${MOST_BYTES >> 20} MiB, unpacked.`)
      : denied('vex.refused', 'It is packed, and cannot be unpacked.')
  }
  items.push(...reader.end())
  const [item] = items
  if (item === undefined || items.length > 1) return ONE
  if (!item.ok) return denied('vex.refused', `It cannot be read: ${item.why}.`)
  const entry = item.value.entries.find((one) => one.of === 'vex')
  if (entry === undefined) return denied('vex.refused', 'It states nothing: OpenVEX, CycloneDX VEX and CSAF are read here.')
  const statements = entry.statements.filter(({ products }) => products.length > 0).map(cut)
  if (statements.length === 0)
    return denied('vex.refused', 'None of its statements names a product, so that nobody can tell what they are about.')
  const products = statements.reduce((sum, one) => sum + one.products.reduce((all, { parts }) => all + 1 + parts.length, 0), 0)
  if (statements.length > MOST_STATEMENTS || products > MOST_PRODUCTS)
    return denied('vex.refused', `One document makes at most ${MOST_STATEMENTS} statements about ${MOST_PRODUCTS} products.`)
  return done({ document: entry.document, statements, aside: entry.statements.length - statements.length })
}

const ONE = denied('vex.refused', 'Send one VEX document: OpenVEX, CycloneDX VEX or CSAF, as JSON.')

function cut(statement: VexStatement): VexStatement {
  const { ids, author, document, justification, detail } = statement
  return {
    ...statement,
    ids: ids.slice(0, MOST_IDS),
    author: author.slice(0, 200),
    document: document.slice(0, 300),
    justification: justification?.slice(0, 100) ?? null,
    detail: detail?.slice(0, MOST_TEXT) ?? null,
  }
}
