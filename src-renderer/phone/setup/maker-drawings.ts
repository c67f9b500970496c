import type { Language } from '../words/language.ts';
import type { Drawing } from './guide-words.ts';
import type { Maker } from './which-phone.ts';

// The one screen of each maker that matters most, as it will be seen, with what to set marked.

interface ScreenWords {
  readonly autostart: string;
  readonly manualLaunch: string;
  readonly launches: readonly [string, string, string];
  readonly battery: string;
  /** As Samsung says it, and as Android itself does. */
  readonly unrestricted: readonly [samsung: string, stock: string];
  readonly optimised: string;
  readonly restricted: string;
  readonly optimisation: string;
  readonly optimise: string;
  readonly doNotOptimise: string;
  readonly appBattery: string;
  readonly autoLaunch: string;
  readonly backgroundActivity: string;
}

const wordsOf: Readonly<Record<Language, ScreenWords>> = {
  en: {
    autostart: 'Autostart',
    manualLaunch: 'Manage manually',
    launches: ['Auto-launch', 'Secondary launch', 'Run in background'],
    battery: 'Battery',
    unrestricted: ['Unrestricted', 'Unrestricted'],
    optimised: 'Optimised',
    restricted: 'Restricted',
    optimisation: 'Battery optimisation',
    optimise: 'Optimise',
    doNotOptimise: 'Don’t optimise',
    appBattery: 'App battery management',
    autoLaunch: 'Allow auto launch',
    backgroundActivity: 'Allow background activity',
  },
  pl: {
    autostart: 'Autostart',
    manualLaunch: 'Zarządzaj ręcznie',
    launches: ['Autouruchamianie', 'Uruchamianie wtórne', 'Działanie w tle'],
    battery: 'Bateria',
    unrestricted: ['Bez ograniczeń', 'Bez ograniczeń'],
    optimised: 'Zoptymalizowane',
    restricted: 'Z ograniczeniami',
    optimisation: 'Optymalizacja baterii',
    optimise: 'Optymalizuj',
    doNotOptimise: 'Nie optymalizuj',
    appBattery: 'Zarządzanie baterią',
    autoLaunch: 'Autouruchamianie',
    backgroundActivity: 'Aktywność w tle',
  },
  de: {
    autostart: 'Autostart',
    manualLaunch: 'Manuell verwalten',
    launches: ['Automatischer Start', 'Indirekter Start', 'Im Hintergrund'],
    battery: 'Akku',
    unrestricted: ['Nicht eingeschränkt', 'Uneingeschränkt'],
    optimised: 'Optimiert',
    restricted: 'Eingeschränkt',
    optimisation: 'Akku-Optimierung',
    optimise: 'Optimieren',
    doNotOptimise: 'Nicht optimieren',
    appBattery: 'App-Akkuverwaltung',
    autoLaunch: 'Automatischer Start',
    backgroundActivity: 'Hintergrundaktivität',
  },
};

function switches(title: string, labels: readonly string[]): Drawing {
  return { kind: 'list', title, rows: labels.map((label) => ({ label, end: 'on', mark: true })) };
}

function choice(title: string, { chosen, others }: { readonly chosen: string; readonly others: readonly string[] }): Drawing {
  return { kind: 'list', title, rows: [{ label: chosen, end: 'tick', mark: true }, ...others.map((label) => ({ label }))] };
}

const drawings: Readonly<Record<Maker, (words: ScreenWords) => Drawing>> = {
  xiaomi: ({ autostart }) => switches(autostart, ['DAVx5']),
  huawei: ({ manualLaunch, launches }) => switches(manualLaunch, launches),
  samsung: ({ battery, unrestricted: [chosen], optimised, restricted }) => choice(battery, { chosen, others: [optimised, restricted] }),
  oneplus: ({ optimisation, optimise, doNotOptimise }) => choice(optimisation, { chosen: doNotOptimise, others: [optimise] }),
  oppo: ({ appBattery, autoLaunch, backgroundActivity }) => switches(appBattery, [autoLaunch, backgroundActivity]),
  vivo: ({ autostart }) => switches(autostart, ['DAVx5']),
  stock: ({ battery, unrestricted: [, chosen], optimised, restricted }) => choice(battery, { chosen, others: [optimised, restricted] }),
};

/** What the phones of a maker show where DAVx5 is let run, in the reader's language. */
export function makerDrawing(maker: Maker, language: Language): Drawing {
  return drawings[maker](wordsOf[language]);
}
