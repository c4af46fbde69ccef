/** Why something is not affected, in the words of VEX (CISA, Minimum Requirements for VEX 1.0, §2.4.3); OpenVEX and CSAF have the same. */
export const JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const
export type Justification = (typeof JUSTIFICATIONS)[number]
