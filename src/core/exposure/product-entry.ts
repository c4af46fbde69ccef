import type { AdvisoryRecord, AffectedProduct } from './advisory-record.ts'
import { type CompiledPackage, compilePackage } from './compiled-package.ts'
import { type CpeName, parseCpe } from './cpe/cpe-name.ts'
import { foldedMark, isPattern, patternKey } from './product-mark.ts'

/** One product of one advisory, as the index holds it. */
export interface ProductEntry {
  readonly record: AdvisoryRecord
  readonly product: AffectedProduct
  readonly key: string
  readonly cpe: CpeName | null
  /** The mark in compared spelling; empty for a CPE. */
  readonly mark: string
  compiled: CompiledPackage | null
}

/** Where names are kept whose vendor or product is a pattern. */
export const ANY_CPE_KEY = 'cpe:*'

/** Vendor and product of a CPE name as a key; one with patterns has the key of all such. */
export function cpeKey({ vendor, product }: CpeName): string {
  const plain = [vendor, product].every((value) => value.is === 'text' && value.lead === 0 && value.trail === 0)
  return plain && vendor.is === 'text' && product.is === 'text' ? `cpe:${vendor.text}:${product.text}` : ANY_CPE_KEY
}

/** The entries of a record's products; what is named by a purl is matched as a package, and a broken name by nothing. */
export function productEntries(record: AdvisoryRecord): ProductEntry[] {
  return record.products.flatMap((product): ProductEntry[] => {
    const { identity } = product
    if (identity.startsWith('purl:')) return []
    const plain = { record, product, compiled: null }
    if (!identity.toLowerCase().startsWith('cpe:')) {
      const mark = foldedMark(identity)
      return [{ ...plain, key: isPattern(mark) ? patternKey(mark) : mark, cpe: null, mark }]
    }
    const cpe = parseCpe(identity)
    return cpe === null ? [] : [{ ...plain, key: cpeKey(cpe), cpe, mark: '' }]
  })
}

/** The entry's range in compiled form; null where the product has none. */
export function compiledRangeOf(entry: ProductEntry): CompiledPackage | null {
  const { range } = entry.product
  if (range === null) return null
  entry.compiled ??= compilePackage({ key: 'generic/', ecosystem: 'generic', name: '', ranges: [range], versions: [] })
  return entry.compiled
}
