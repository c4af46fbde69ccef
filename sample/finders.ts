/** The three finders of the sample. They are invented; what they send is not. */
export const FINDERS = {
  'halyard-labs': { name: 'Halyard Labs', kind: 'ai-lab' },
  'tern-security': { name: 'Tern Security', kind: 'security-firm' },
  'crs-kittiwake': { name: 'CRS Kittiwake', kind: 'cyber-reasoning-system' },
} as const

export type FinderId = keyof typeof FINDERS
