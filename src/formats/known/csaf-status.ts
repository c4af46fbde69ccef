/** What a product's status in a document comes to here. */
export const STATUSES = new Map([
  ['known_affected', 'affected'],
  ['first_affected', 'affected'],
  ['last_affected', 'affected'],
  ['fixed', 'fixed'],
  ['first_fixed', 'fixed'],
  ['known_not_affected', 'not-affected'],
  ['under_investigation', 'under-investigation'],
  ['unknown', 'under-investigation'],
] as const)
