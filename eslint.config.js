/** What the compiler does not see: promises left alone, unsafe values, HTML from text, files that grew too long. */
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

const counted = { skipBlankLines: true, skipComments: true }

export default defineConfig(
  globalIgnores(['node_modules/', 'out/', 'dist/', 'demo/', '.cache/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Short arrows hand on what they call, also when that is nothing; factories have no `this` to lose.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Code points are what is meant where text is spread.
      '@typescript-eslint/no-misused-spread': 'off',
      // `void` is the output of a command that answers nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The oldest Electron that Linnet runs on has only names that the newest calls deprecated.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  // Svelte files: svelte-check has their types.
  { files: ['**/*.svelte'], extends: [ts.configs.strict] },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Stores replace their maps and sets whole, which `$state.raw` watches.
      'svelte/prefer-svelte-reactivity': 'off',
      // svelte-check reports what these comments are for.
      'svelte/no-unused-svelte-ignore': 'off',
    },
  },
  { files: ['scripts/**', 'test/**', '*.ts', '*.js'], languageOptions: { globals: globals.node } },
  { files: ['src-renderer/**', 'test/renderer/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['test/**/*.ts'],
    // Tests look into what libraries and pages give as `any`.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // The compiler knows which names exist.
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
  { rules: { 'max-lines': ['error', { max: 400, ...counted }] } },
  {
    ignores: ['test/**', '**/*.svelte'],
    rules: { 'max-lines-per-function': ['error', { max: 80, ...counted }] },
  },
)
