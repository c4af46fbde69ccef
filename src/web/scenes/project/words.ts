import type { ProjectOut, ProofOut } from '../../../contract/shapes/project.ts'

export const STEWARD: Readonly<Record<ProjectOut['steward'], string>> = {
  unassigned: 'by its maintainer',
  assessing: 'a steward is looking',
  active: 'by a steward',
  escalated: 'escalated',
}

export const PROOF: Readonly<Record<ProofOut['kind'], { readonly name: string; readonly says: string }>> = {
  'repository-file': {
    name: 'A file in the repository',
    says: 'Only who may write there can put the line there.',
  },
  'security-txt': {
    name: 'security.txt',
    says: 'The line goes into the project’s security.txt, as a comment.',
  },
  dns: {
    name: 'A DNS record',
    says: 'The line goes into a TXT record of the project’s domain.',
  },
  registry: {
    name: 'Owner in the package registry',
    says: 'A coordinator has the npm registry asked whether the contact’s mail address is an owner’s; that must be set up here.',
  },
  vouched: {
    name: 'Two coordinators vouch',
    says: 'Two who know you, neither from your own organisation.',
  },
}

export const PROOF_KINDS = Object.keys(PROOF) as ProofOut['kind'][]

export const CARRIED_WORDS: Readonly<Record<string, string>> = {
  reproducer: 'a reproducer',
  patch: 'a patch',
  'regression-test': 'a regression test',
  bisect: 'the change that brought the flaw in',
}

export const ROUTE_WORDS: Readonly<Record<string, string>> = {
  'private-advisory': 'By a private advisory at',
  form: 'By the form at',
  mail: 'By mail to',
  coordinator: 'By its coordinator at',
}

/** How a project wants reports, as those who scan it are told. */
export const SCAN_ROUTE_WORDS = {
  mail: 'mail',
  form: 'form',
  'private-advisory': 'private advisory',
  coordinator: 'coordinator',
} as const
