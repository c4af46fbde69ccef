/** What a tool was called with, a field a line and texts as they are; what is no object of fields stays word for word. */
export function sayCall(text: string): string {
  const fields = parse(text)
  if (fields === null) return text
  return Object.entries(fields)
    .map(([name, value]) => {
      const said = typeof value === 'string' ? value : JSON.stringify(value)
      return said.includes('\n') ? `${name}:\n${said}` : `${name}: ${said}`
    })
    .join('\n')
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
