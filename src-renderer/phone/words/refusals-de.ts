import type { RefusalWords } from './refusals-en.ts';

export const germanRefusals: RefusalWords = {
  'account-to-load':
    'Der Account auf diesem Telefon muss neu geladen werden: Öffnen Sie „Anruferkennung auf dem Anrufbildschirm“ und folgen Sie den Schritten.',
  'cursor-gone': 'Der Support weiß nicht mehr, was auf diesem Telefon ist. Wählen Sie „Alles neu laden“.',
  'database-damaged': 'Es wurde nichts geändert, weil ein Teil der Daten des Supports beschädigt ist. Sagen Sie es Ihrer Administration.',
  'device-moved-on': 'Der Support hat dieses Telefon inzwischen getrennt.',
  'device-wiping': 'Der Support leert dieses Telefon gerade.',
  'disk-broken': 'Es wurde nichts geändert, weil der PC des Supports nicht auf seinen Datenträger schreiben kann. Sagen Sie es Ihrer Administration.',
  'disk-full': 'Es wurde nichts geändert, weil der Datenträger am PC des Supports voll ist. Sagen Sie es Ihrer Administration.',
  'idempotency-key-used-twice': 'Das wurde schon einmal mit anderem Inhalt gesendet. Speichern Sie es noch einmal.',
  internal:
    'Beim Support ist etwas schiefgegangen; es wurde nichts geändert. Versuchen Sie es noch einmal. Passiert es wieder, nennen Sie Ihrer Administration das hier:',
  'invalid-input': 'So nimmt der Support das nicht an. Prüfen Sie, was Sie geschrieben haben.',
  'no-account-yet': 'Dieses Telefon hat noch keinen Account des Supports. Gehen Sie zuerst die Schritte oben durch, dann machen Sie einen Testanruf.',
  'not-found': 'Das ist nicht mehr da.',
  'not-paired': 'Dieses Telefon ist nicht mehr mit dem Support verbunden. Bitten Sie um einen Code und scannen Sie ihn.',
  'other-network':
    'Dieses Telefon ist nicht im Büronetz. Verbinden Sie es mit dem WLAN des Büros und versuchen Sie es noch einmal, oder bitten Sie Ihre Administration, Telefone aus anderen Netzen zuzulassen.',
  'pairing-gone': 'Dieser Code ist verbraucht oder zu alt. Lassen Sie am PC einen neuen erzeugen und scannen Sie ihn.',
  'pairing-locked': 'Es kamen zu viele falsche Codes. Warten Sie zehn Minuten, dann scannen Sie einen neuen.',
  'pairing-waits': 'Ihre Administration muss noch die sechs Ziffern vergleichen und zustimmen.',
  'too-many-accounts':
    'Dieses Telefon hat in der letzten Stunde zu oft einen neuen Account angelegt. Warten Sie eine Stunde, dann versuchen Sie es noch einmal.',
  'too-many-full-reads': 'Dieses Telefon hat in der letzten Stunde zu oft alle Kontakte gelesen. Warten Sie eine Stunde, dann versuchen Sie es noch einmal.',
  unreadable: 'Was dieses Telefon gesendet hat, kam beim Support kaputt an. Versuchen Sie es noch einmal.',
  fields: { contactId: 'Diesen Kontakt gibt es nicht mehr. Wählen Sie einen anderen.' },
};
