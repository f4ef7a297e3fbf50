import tseslint from 'typescript-eslint';

const features = ['session', 'data-sources', 'ask', 'dashboards', 'settings'];

/** A feature uses the shared parts only: never another feature, never the app that composes them. */
const featureBoundaries = features.map((feature) => ({
  files: [`src/features/${feature}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...restrictedEverywhere(),
          {
            group: features.filter((other) => other !== feature).map((other) => `@/features/${other}/*`),
            message: 'A feature does not import another feature. Move what both need to src/shared, src/charts or src/api.',
          },
          { group: ['@/app/*'], message: 'The app composes features, not the other way round.' },
        ],
      },
    ],
  },
}));

function restrictedEverywhere() {
  return [
    { regex: '^echarts$', message: "Import from 'echarts/core' and its siblings: the whole package costs 180 KB more." },
    { group: ['../../*'], message: "Use the '@/' alias." },
  ];
}

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/api/generated', 'public'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { patterns: restrictedEverywhere() }],
    },
  },
  {
    files: ['src/{api,shared,charts}/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...restrictedEverywhere(),
            { group: ['@/features/*', '@/app/*'], message: 'Shared code knows no feature.' },
          ],
        },
      ],
    },
  },
  ...featureBoundaries,
);
