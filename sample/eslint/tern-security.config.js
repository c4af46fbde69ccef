import security from 'eslint-plugin-security'

// Only what this finder would stand behind: no detect-object-injection, and ESLint's own rules against running text as code.
export default [
  {
    files: ['**/*.js'],
    plugins: { security },
    languageOptions: { sourceType: 'commonjs', globals: { setTimeout: 'readonly' } },
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-buffer-constructor': 'error',
      'security/detect-child-process': 'error',
      'security/detect-unsafe-regex': 'error',
      'security/detect-non-literal-regexp': 'error',
      'security/detect-non-literal-fs-filename': 'error',
      'security/detect-non-literal-require': 'error',
      'security/detect-pseudoRandomBytes': 'error',
      'security/detect-possible-timing-attacks': 'error',
      'security/detect-new-buffer': 'error',
    },
  },
]
