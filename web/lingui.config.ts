import { defineConfig } from '@lingui/cli';

/**
 * One catalogue for what every page needs (house), one for writing posts and asks
 * (writing), and one for each feature, so that a page loads its own words alone.
 */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  orderBy: 'message',
  format: 'po',
  formatOptions: { origins: false },
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}/house',
      include: ['src/app', 'src/kit', 'src/api', 'src/core'],
      exclude: ['src/core/compose/**'],
    },
    { path: '<rootDir>/src/locales/{locale}/writing', include: ['src/core/compose'] },
    { path: '<rootDir>/src/locales/{locale}/{name}', include: ['src/features/{name}'] },
  ],
});
