/** How a test asks for a run set: four tools, generous limits, safeguards on. */
export const PLAIN_PROFILE = {
  name: 'plain',
  system: '',
  tools: ['run', 'read', 'write', 'submit'],
  temperature: null,
  maxOutputTokens: 16_000,
  limits: { tokens: 1_000_000, messages: 100, wallMs: 60_000, cost: null },
  safeguards: 'on',
}
