import { i18n, type Messages } from '@lingui/core';
import { chosenLocale, locales } from '~/kit/locale';

const catalogues = import.meta.glob<{ messages: Messages }>('../locales/*/*.po');
const locale = chosenLocale();

/** Sets the language of the page: its name, its direction, and the words that every page needs. */
export async function speak() {
  document.documentElement.lang = locales[locale].of;
  document.documentElement.dir = locales[locale].dir;
  await loadWords('house');
  i18n.activate(locale);
}

/** Loads the words of some features; a name without a catalogue is a mistake of ours. */
export async function loadWords(...names: string[]) {
  const { of } = locales[locale];
  await Promise.all(
    names.map(async (name) => {
      const load = catalogues[`../locales/${of}/${name}.po`];
      if (!load) throw new Error(`There are no words for ${name}. Run: npm run i18n`);
      const { messages } = await load();
      i18n.load(locale, of === locale ? messages : (await import('./pseudo')).pretend(locale, messages));
    }),
  );
}
