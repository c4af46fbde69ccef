import { parsePolicy } from '../../../core/exposure/directives/policy/parse-policy.ts'

/** What a policy file as it is being written comes to: its value, or what is wrong and where. */
export type PolicyText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly { readonly at: string; readonly says: string }[] }

const FIRST = {
  format: 'weir-exposure-policy/1',
  name: 'Our policy',
  version: '1',
  rules: [
    { name: 'attacked and reachable', when: { kev: true, exposure: 'public' }, time: { days: 3 }, triage: true },
    { name: 'high, in use', when: { severity: 'high', environment: 'production' }, time: { days: 30 } },
  ],
  otherwise: { next: 'upgrade' },
}

/** The policy as a file; one to begin with where there is none. */
export function policyText(own: unknown): string {
  return JSON.stringify(own ?? FIRST, null, 2)
}

/** Reads the text of a policy as the server does. Never throws. */
export function policyIn(text: string): PolicyText {
  const read = parsePolicy(text)
  return read.ok ? { ok: true, value: JSON.parse(text.replace(/^\ufeff/, '')) } : read
}
