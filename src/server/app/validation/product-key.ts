import { targetKey } from '../../../core/findings/normal/target-key.ts'
import type { IntakeMacs } from '../findings/macs.ts'

/** Under which key a target without a stated product stands: it is offered for every flaw. */
const NO_PRODUCT = 'validation target of no stated product'

/** The keyed name of a product, the same as a finding about it has; null where the text is neither a purl nor a repository. */
export function productKey(macs: IntakeMacs, product: string | null): Buffer | null {
  if (product === null) return macs.target(NO_PRODUCT)
  const purl = product.startsWith('pkg:')
  const key = targetKey({ purl: purl ? product : null, repository: purl ? null : product, version: null })
  return key === null ? null : macs.target(key)
}
