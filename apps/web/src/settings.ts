/** How a reader wants the page: kept in this browser, and put on the root element, where the style finds it. */
import type { FactDefinition, Voice } from '@serosa/core';
import { createContext, useContext } from 'react';
import { LANGUAGES, type LanguageCode } from './language.js';

export interface Settings {
  readonly voice: Voice;
  readonly language: LanguageCode;
  /** Size of all text in per cent of what the browser is set to. */
  readonly textSize: 100 | 115 | 130 | 150;
  readonly contrast: 'usual' | 'more';
  readonly scheme: 'device' | 'light' | 'dark';
  readonly motion: 'device' | 'none';
  /** The staging edition that is shown first. */
  readonly edition: 'tnm9' | 'tnm8';
  /** Units that a laboratory value is first asked in. */
  readonly units: 'si' | 'conventional';
}

/** What each setting can be; the first is taken where nothing was chosen. */
export const CHOICES: { readonly [Key in keyof Settings]: readonly Settings[Key][] } = {
  voice: ['patient', 'clinician'],
  language: Object.keys(LANGUAGES) as LanguageCode[],
  textSize: [100, 115, 130, 150],
  contrast: ['usual', 'more'],
  scheme: ['device', 'light', 'dark'],
  motion: ['device', 'none'],
  edition: ['tnm9', 'tnm8'],
  units: ['si', 'conventional'],
};

const DEFAULTS = Object.fromEntries(Object.entries(CHOICES).map(([key, [first]]) => [key, first])) as unknown as Settings;

const KEY = 'serosa.settings';

/** What was chosen before; whatever is not one of the choices counts as not chosen. The browser's own language is a choice too. */
export function readSettings(): Settings {
  const kept = keptSettings();
  const own = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES);
  const chosen: Partial<Record<keyof Settings, unknown>> = { language: own, ...kept };
  return Object.fromEntries(
    Object.entries(CHOICES).map(([key, choices]) => {
      const value = chosen[key as keyof Settings];
      return [key, (choices as readonly unknown[]).includes(value) ? value : choices[0]];
    }),
  ) as unknown as Settings;
}

function keptSettings(): object {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    // Storage that is switched off or spoilt: the page works as it comes.
    return {};
  }
}

export function keepSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // They hold until the page is closed.
  }
}

const SettingsContext = createContext<Settings | undefined>(undefined);

export const SettingsProvider = SettingsContext.Provider;

/** What was chosen; in a part that stands outside of the page, what a page comes with. */
export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  return settings ?? DEFAULTS;
}

/** The unit that a value is first asked in, as UCUM; `1` where it has none. */
export function firstUnit({ unit = '1', units = {} }: FactDefinition, { units: wanted }: Settings): string {
  const conventional =
    wanted === 'conventional' ? Object.keys(units).find((one) => /^(?:[mun]?g\/dL|10\*3\/uL)$/.test(one)) : undefined;
  return conventional ?? unit;
}

/** Puts what the style needs on the root element. */
export function applySettings({ textSize, contrast, scheme, motion }: Settings): void {
  Object.assign(document.documentElement.dataset, { text: String(textSize), contrast, scheme, motion });
}
