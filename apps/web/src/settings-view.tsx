/** The screen of settings: each takes effect at once, and is kept in this browser. */
import { said, say, toSay } from '@serosa/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { LANGUAGES } from './language.js';
import { CHOICES, type Settings } from './settings.js';

interface Words<Key extends keyof Settings> {
  readonly key: Key;
  readonly title: string;
  readonly note?: string;
  readonly choices: Readonly<Record<Settings[Key], string>>;
}

const words = <Key extends keyof Settings>(of: Words<Key>): Words<Key> => of;

const SETTINGS = [
  words({
    key: 'language',
    title: 'Language · Idioma',
    note: toSay('Texts for professionals are in English.'),
    choices: LANGUAGES,
  }),
  words({
    key: 'voice',
    title: toSay('Written for'),
    choices: { patient: toSay('A patient, family or friend'), clinician: toSay('A professional') },
  }),
  words({
    key: 'textSize',
    title: toSay('Size of the text'),
    choices: { 100: toSay('As the browser has it'), 115: toSay('Larger'), 130: toSay('Large'), 150: toSay('Very large') },
  }),
  words({
    key: 'contrast',
    title: toSay('Contrast'),
    choices: { usual: toSay('Usual'), more: toSay('Stronger') },
  }),
  words({
    key: 'scheme',
    title: toSay('Light or dark'),
    choices: { device: toSay('As the device has it'), light: toSay('Light'), dark: toSay('Dark') },
  }),
  words({
    key: 'motion',
    title: toSay('Movement on the page'),
    choices: { device: toSay('As the device has it'), none: toSay('No movement') },
  }),
  words({
    key: 'edition',
    title: toSay('Stage rules that are shown first'),
    note: toSay('Both are always shown.'),
    choices: { tnm9: toSay('9th edition (from 2025)'), tnm8: toSay('8th edition (2017 to 2024)') },
  }),
  words({
    key: 'units',
    title: toSay('Units of blood tests'),
    note: toSay('You can choose another unit at every question.'),
    choices: { si: toSay('µmol/L, g/L and the like'), conventional: toSay('mg/dL, g/dL and the like') },
  }),
] as const;

export function SettingsView(props: {
  readonly settings: Settings;
  readonly onSettings: (settings: Settings) => void;
  readonly onLeave: () => void;
}): ReactNode {
  const { settings, onSettings } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="settings">
      <h1 id="settings-title" ref={heading} tabIndex={-1}>{say`Settings`}</h1>
      <p className="lead">{say`Each takes effect at once and is kept in this browser.`}</p>
      {SETTINGS.map(({ key, title, choices, ...rest }) => (
        <fieldset key={key} className="ask">
          <legend>{said(title)}</legend>
          <div className="choices">
            {CHOICES[key].map((value) => (
              <label key={value} className="choice" lang={key === 'language' ? String(value) : undefined}>
                <input
                  type="radio"
                  name={`setting-${key}`}
                  checked={settings[key] === value}
                  onChange={() => onSettings({ ...settings, [key]: value })}
                />
                {said((choices as Readonly<Record<string, string>>)[value] as string)}
              </label>
            ))}
          </div>
          {'note' in rest ? <p className="aside">{said(rest.note)}</p> : null}
        </fieldset>
      ))}
      <p className="row">
        <button type="button" className="primary" onClick={props.onLeave}>{say`Done`}</button>
      </p>
    </div>
  );
}
