import security from 'eslint-plugin-security'

export default [
  security.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { 'no-new-func': 'error', 'security/detect-object-injection': 'warn' },
  },
]
