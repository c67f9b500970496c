import type { Language } from '../words/language.ts';
import type { Maker } from './which-phone.ts';

/** What one maker's phones need so that DAVx5 may work in the background. */
export interface MakerSteps {
  readonly maker: Maker;
  readonly name: string;
  readonly steps: Readonly<Record<Language, readonly string[]>>;
}

/** The usual place, and where each maker hides it: menus move between versions, so search Settings for the last word. */
export const makers: readonly MakerSteps[] = [
  {
    maker: 'xiaomi',
    name: 'Xiaomi, Redmi, POCO',
    steps: {
      en: [
        'Security app, Permissions, Autostart: switch DAVx5 on. On newer phones: Settings, Apps, DAVx5, App permissions, Background autostart.',
        'Settings, Apps, DAVx5, Battery saver: No restrictions.',
        'In the same place, Other permissions: allow Display pop-up windows while running in the background.',
        'Open the list of recent apps, hold DAVx5 and tap the lock.',
      ],
      pl: [
        'Aplikacja Bezpieczeństwo, Uprawnienia, Autostart: włącz DAVx5. W nowszych: Ustawienia, Aplikacje, DAVx5, Uprawnienia aplikacji, Autostart w tle.',
        'Ustawienia, Aplikacje, DAVx5, Oszczędzanie baterii: Bez ograniczeń.',
        'Tam też, Inne uprawnienia: zezwól na wyświetlanie wyskakujących okien podczas pracy w tle.',
        'Otwórz listę ostatnich aplikacji, przytrzymaj DAVx5 i stuknij kłódkę.',
      ],
      de: [
        'App Sicherheit, Berechtigungen, Autostart: DAVx5 einschalten. Auf neueren: Einstellungen, Apps, DAVx5, App-Berechtigungen, Hintergrund-Autostart.',
        'Einstellungen, Apps, DAVx5, Energiesparmodus: Keine Beschränkungen.',
        'Ebendort, Andere Berechtigungen: Pop-up-Fenster im Hintergrund erlauben.',
        'Öffnen Sie die zuletzt benutzten Apps, halten Sie DAVx5 und tippen Sie auf das Schloss.',
      ],
    },
  },
  {
    maker: 'huawei',
    name: 'Huawei, Honor',
    steps: {
      en: [
        'Settings, Battery, App launch: find DAVx5, choose Manage manually and switch all three on. On older phones: Startup manager, switch DAVx5 on.',
        'Settings, Apps, Special access, Battery optimisation: DAVx5, Don’t allow.',
        'Some of these phones stop apps all the same. If contacts grow old, open DAVx5 once a day.',
      ],
      pl: [
        'Ustawienia, Bateria, Uruchamianie aplikacji: znajdź DAVx5, wybierz zarządzanie ręczne i włącz wszystkie trzy. W starszych: Menedżer uruchamiania, włącz DAVx5.',
        'Ustawienia, Aplikacje, Specjalny dostęp, Optymalizacja baterii: DAVx5, Nie zezwalaj.',
        'Niektóre z tych telefonów i tak zatrzymują aplikacje. Jeśli kontakty są stare, otwieraj DAVx5 raz dziennie.',
      ],
      de: [
        'Einstellungen, Akku, App-Start: DAVx5 suchen, Manuell verwalten wählen und alle drei einschalten. Auf älteren: Startmanager, DAVx5 einschalten.',
        'Einstellungen, Apps, Spezieller Zugriff, Akku-Optimierung: DAVx5, Nicht zulassen.',
        'Manche dieser Telefone halten Apps trotzdem an. Veralten die Kontakte, öffnen Sie DAVx5 einmal am Tag.',
      ],
    },
  },
  {
    maker: 'samsung',
    name: 'Samsung',
    steps: {
      en: [
        'Settings, Apps, DAVx5, Battery: Unrestricted.',
        'Settings, Battery and device care, Battery, Background usage limits, Never sleeping apps: add DAVx5.',
        'On the same screen switch off Put unused apps to sleep, or check now and then that DAVx5 is still on the list.',
      ],
      pl: [
        'Ustawienia, Aplikacje, DAVx5, Bateria: Bez ograniczeń.',
        'Ustawienia, Bateria i pielęgnacja urządzenia, Bateria, Limity użycia w tle, Aplikacje nieusypiane: dodaj DAVx5.',
        'Na tym samym ekranie wyłącz usypianie nieużywanych aplikacji albo sprawdzaj czasem, czy DAVx5 jest nadal na liście.',
      ],
      de: [
        'Einstellungen, Apps, DAVx5, Akku: Nicht eingeschränkt.',
        'Einstellungen, Akku und Gerätewartung, Akku, Grenzen der Nutzung im Hintergrund, Apps nie im Standby: DAVx5 hinzufügen.',
        'Schalten Sie dort Unbenutzte Apps in Standby versetzen aus, oder sehen Sie ab und zu nach, ob DAVx5 noch auf der Liste steht.',
      ],
    },
  },
  {
    maker: 'oneplus',
    name: 'OnePlus',
    steps: {
      en: [
        'Settings, Battery, Battery optimisation: DAVx5, Don’t optimise.',
        'Settings, Apps, Auto launch: allow DAVx5.',
        'Battery, Advanced: switch off Deep optimisation and Sleep standby optimisation.',
        'Open the list of recent apps and lock DAVx5: the setting above can undo itself.',
      ],
      pl: [
        'Ustawienia, Bateria, Optymalizacja baterii: DAVx5, Nie optymalizuj.',
        'Ustawienia, Aplikacje, Automatyczne uruchamianie: zezwól DAVx5.',
        'Bateria, Zaawansowane: wyłącz głęboką optymalizację i optymalizację podczas snu.',
        'Otwórz listę ostatnich aplikacji i zablokuj DAVx5: ustawienie powyżej potrafi się cofnąć.',
      ],
      de: [
        'Einstellungen, Akku, Akku-Optimierung: DAVx5, Nicht optimieren.',
        'Einstellungen, Apps, Automatischer Start: DAVx5 erlauben.',
        'Akku, Erweitert: Tiefenoptimierung und Optimierung im Ruhezustand ausschalten.',
        'Öffnen Sie die zuletzt benutzten Apps und sperren Sie DAVx5: Die Einstellung oben kann sich zurücksetzen.',
      ],
    },
  },
  {
    maker: 'oppo',
    name: 'Oppo, Realme',
    steps: {
      en: [
        'Settings, Apps, DAVx5: switch Allow auto start-up on.',
        'Settings, Battery, App battery management, DAVx5: allow Auto launch and Background activity.',
        'Open the list of recent apps and lock DAVx5.',
      ],
      pl: [
        'Ustawienia, Aplikacje, DAVx5: włącz Zezwalaj na automatyczne uruchamianie.',
        'Ustawienia, Bateria, Zarządzanie baterią aplikacji, DAVx5: zezwól na automatyczne uruchamianie i aktywność w tle.',
        'Otwórz listę ostatnich aplikacji i zablokuj DAVx5.',
      ],
      de: [
        'Einstellungen, Apps, DAVx5: Automatischen Start zulassen einschalten.',
        'Einstellungen, Akku, App-Akkuverwaltung, DAVx5: Automatischen Start und Hintergrundaktivität erlauben.',
        'Öffnen Sie die zuletzt benutzten Apps und sperren Sie DAVx5.',
      ],
    },
  },
  {
    maker: 'vivo',
    name: 'Vivo',
    steps: {
      en: ['Settings, More settings, Applications, Autostart: switch DAVx5 on.', 'Settings, Battery, High background power consumption: switch DAVx5 on.'],
      pl: ['Ustawienia, Więcej ustawień, Aplikacje, Autostart: włącz DAVx5.', 'Ustawienia, Bateria, Wysokie zużycie energii w tle: włącz DAVx5.'],
      de: [
        'Einstellungen, Weitere Einstellungen, Apps, Autostart: DAVx5 einschalten.',
        'Einstellungen, Akku, Hoher Stromverbrauch im Hintergrund: DAVx5 einschalten.',
      ],
    },
  },
  {
    maker: 'stock',
    name: 'Google Pixel, Android',
    steps: {
      en: ['Settings, Apps, DAVx5, App battery usage: Unrestricted.'],
      pl: ['Ustawienia, Aplikacje, DAVx5, Wykorzystanie baterii przez aplikację: Bez ograniczeń.'],
      de: ['Einstellungen, Apps, DAVx5, Akkunutzung der App: Uneingeschränkt.'],
    },
  },
];
