// What is checked by lint, above all: only `backend.ts` speaks to Tauri.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const oneDoor = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/backend.ts speaks to Tauri.' }] },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'src/lib/paraglide/', 'src/generated/', 'project.inlang/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  {
    rules: {
      ...oneDoor,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', 400],
      // TypeScript itself knows every name; this rule would only list the browser again.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // The CSP drops style attributes that stand in markup; `style:` directives go through the CSSOM.
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAttribute[key.name="style"]', message: 'Blocked by the CSP: use style:name={…}.' },
      ],
      'svelte/require-each-key': 'error',
      'svelte/button-has-type': 'error',
    },
  },
  { files: ['src/backend.ts'], rules: { 'no-restricted-imports': 'off' } },
);
