import { i18n } from '@lingui/core';

/**
 * The languages of the screens. A language that is written from right to left says so
 * here, and everything follows. The last two are for looking at: one with longer words
 * in strange letters, one written from right to left.
 */
export const locales = {
  en: { name: 'English', dir: 'ltr', formats: 'en-GB', of: 'en' },
  'en-XA': { name: 'Long', dir: 'ltr', formats: 'en-GB', of: 'en' },
  'ar-XB': { name: 'Right to left', dir: 'rtl', formats: 'en-GB', of: 'en' },
} as const;
export type Locale = keyof typeof locales;

const shelf = 'meantime locale';

/** The language chosen in this browser, else English. */
export function chosenLocale(): Locale {
  try {
    const kept = localStorage.getItem(shelf);
    if (kept && Object.hasOwn(locales, kept)) return kept as Locale;
  } catch {
    // A browser that keeps nothing has chosen nothing.
  }
  return 'en';
}

/** Chooses a language for this browser; the page loads again in it. */
export function chooseLocale(locale: Locale) {
  localStorage.setItem(shelf, locale);
  location.reload();
}

/** The name by which Intl knows how dates are written in the language on the screen. */
export const formatsOf = () => locales[i18n.locale as Locale]?.formats ?? locales.en.formats;
