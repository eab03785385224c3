module.exports = {
  extends: '@loopback/eslint-config',
  parserOptions: {project: './tsconfig.eslint.json'},
  rules: {
    '@typescript-eslint/consistent-type-imports': 'off',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    'no-console': 'error',
    // Marks a promise that settles by itself, as no-floating-promises asks.
    'no-void': 'off',
    // Column and event names are the contract's.
    '@typescript-eslint/naming-convention': 'off',
    'max-depth': ['error', 3],
  },
  overrides: [
    {
      // Sequential by design: one statement after the other.
      files: ['*.ts'],
      rules: {'no-await-in-loop': 'off'},
    },
  ],
};
