import { shownText } from '../kernel/shown-text.ts';
import { xml, xmlDocument } from '../kernel/xml.ts';
import type { SetupText } from './pbx.contract.ts';
import { actionUrl, phoneBookUrl, type SetupPlace } from './setup-place.ts';

// Names of settings as the makers' provisioning guides give them. Configuration files are lines, so that a name that
// the manager typed must not start another one: `shownText` is one line.

interface EventVariables {
  readonly other: string;
  readonly own: string;
  readonly call: string;
}

/** A call that came in, that was taken, ended, or was missed: each in the maker's variables. */
function eventsOf(place: SetupPlace, { other, own, call }: EventVariables) {
  const parties = { from: other, to: own, agent: own, call };
  return {
    incoming: actionUrl(place, 'ringing', parties),
    outgoing: actionUrl(place, 'ringing', { ...parties, from: own, to: other }),
    answered: actionUrl(place, 'answered', parties),
    ended: actionUrl(place, 'ended', parties),
    missed: actionUrl(place, 'missed', parties),
  };
}

/** Yealink: auto-provisioning parameters (Yealink administrator guide, “Remote Phone Book” and “Action URL”). */
export function yealinkTexts(place: SetupPlace): SetupText[] {
  const events = eventsOf(place, { other: '$remote', own: '$active_user', call: '$call_id' });
  const lines = [
    '#!version:1.0.0.1',
    'features.remote_phonebook.enable = 1',
    `remote_phonebook.data.1.name = ${shownText(place.title)}`,
    `remote_phonebook.data.1.url = ${phoneBookUrl(place, 'yealink.xml')}`,
    'remote_phonebook.display_name = Doorline',
    'features.remote_phonebook.flash_time = 3600',
    `action_url.incoming_call = ${events.incoming}`,
    `action_url.outgoing_call = ${events.outgoing}`,
    `action_url.call_established = ${events.answered}`,
    `action_url.call_terminated = ${events.ended}`,
    `action_url.missed_call = ${events.missed}`,
  ];
  return [
    {
      title: 'Provisioning file',
      hint: 'Add these lines to the telephone’s .cfg on your provisioning server, or enter the address of the phone book under Directory → Remote Phone Book.',
      fileName: 'doorline-yealink.cfg',
      text: `${lines.join('\n')}\n`,
    },
  ];
}

/** Snom: settings in XML (Snom, “Auto provisioning” and “Action URLs”); telephones fetch the book by POST. */
export function snomTexts(place: SetupPlace): SetupText[] {
  const events = eventsOf(place, { other: '$remote', own: '$active_user', call: '$call-id' });
  const text = xmlDocument(xml`<settings>
  <phone-settings e="2">
    <xml_directory_url1 perm="RW">${phoneBookUrl(place, 'snom.xml')}</xml_directory_url1>
    <xml_directory_name1 perm="RW">${shownText(place.title)}</xml_directory_name1>
    <action_incoming_url perm="RW">${events.incoming}</action_incoming_url>
    <action_outgoing_url perm="RW">${events.outgoing}</action_outgoing_url>
    <action_connected_url perm="RW">${events.answered}</action_connected_url>
    <action_disconnected_url perm="RW">${events.ended}</action_disconnected_url>
    <action_missed_url perm="RW">${events.missed}</action_missed_url>
  </phone-settings>
</settings>`);
  return [
    {
      title: 'Settings file',
      hint: 'Add this to the telephone’s settings file. Firmware 10.1.178 or newer fetches the phone book by itself.',
      fileName: 'doorline-snom.xml',
      text: `${text}\n`,
    },
  ];
}

/** Grandstream: parameters by alias (Grandstream, “XML configuration file” and “GXP XML phonebook guide”). */
export function grandstreamTexts(place: SetupPlace): SetupText[] {
  const events = eventsOf(place, { other: '$remote', own: '$active_user', call: '$call-id' });
  const isPlain = place.phoneBookOrigin.startsWith('http:');
  // The telephone puts “phonebook.xml” behind this path by itself, and the scheme in front.
  const server = phoneBookUrl(place, 'grandstream').replace(/^https?:\/\//u, '');
  const lines = [
    `phonebook.download.mode=EnabledUseHTTP${isPlain ? '' : 'S'}`,
    `phonebook.download.server=${server}`,
    'phonebook.download.interval=60',
    'phonebook.download.removeEditedEntries=Yes',
    'phonebook.import.group.method=Replace',
    `ons.actionUrl.incomingCall=${events.incoming}`,
    `ons.actionUrl.outgoingCall=${events.outgoing}`,
    `ons.actionUrl.establishedCall=${events.answered}`,
    `ons.actionUrl.terminatedCall=${events.ended}`,
    `ons.actionUrl.missedCall=${events.missed}`,
  ];
  const old = [
    `P330=${isPlain ? 2 : 3}`,
    `P331=${server}`,
    'P332=60',
    'P333=1',
    `P8310=${events.incoming}`,
    `P8311=${events.outgoing}`,
    `P8312=${events.missed}`,
    `P8313=${events.answered}`,
    `P8314=${events.ended}`,
  ];
  return [
    {
      title: 'Settings',
      hint: 'For telephones that know settings by name (GRP, newer GXP).',
      fileName: 'doorline-grandstream.txt',
      text: `${lines.join('\n')}\n`,
    },
    {
      title: 'P-codes',
      hint: 'For older telephones, which know settings by number.',
      fileName: 'doorline-grandstream-pcodes.txt',
      text: `${old.join('\n')}\n`,
    },
  ];
}

/** Cisco multiplatform telephones: the flat-profile in XML (Cisco, “XML directory service”). */
export function ciscoTexts(place: SetupPlace): SetupText[] {
  const text = xmlDocument(xml`<flat-profile>
  <XML_Directory_Service_Name ua="na">${shownText(place.title)}</XML_Directory_Service_Name>
  <XML_Directory_Service_URL ua="na">${phoneBookUrl(place, 'cisco.xml')}</XML_Directory_Service_URL>
  <Reverse_Phone_Lookup_Serv ua="na">Yes</Reverse_Phone_Lookup_Serv>
</flat-profile>`);
  return [
    {
      title: 'Profile for multiplatform telephones',
      hint: 'For the 6800, 7800 and 8800 series and the SPA series. Multiplatform telephones look up every number that calls. None of them reports calls; connect the telephone system behind them as well.',
      fileName: 'doorline-cisco.xml',
      text: `${text}\n`,
    },
  ];
}

/** Fanvil: phone-book and action-URL parts of its configuration in XML (Fanvil, “Auto provision”). */
export function fanvilTexts(place: SetupPlace): SetupText[] {
  const events = eventsOf(place, { other: '$remote', own: '$active_user', call: '$call_id' });
  const text = xmlDocument(xml`<sysConf>
  <phone>
    <xmlContact index="1">
      <Name>${shownText(place.title)}</Name>
      <Addr>${phoneBookUrl(place, 'fanvil.xml')}</Addr>
      <UserName></UserName>
      <PassWd></PassWd>
      <Sipline>-1</Sipline>
      <BindLine>-1</BindLine>
      <PhonebookType>0</PhonebookType>
    </xmlContact>
    <action>
      <IncomingCallUrl>${events.incoming}</IncomingCallUrl>
      <OutgoingCallUrl>${events.outgoing}</OutgoingCallUrl>
      <CallActiveUrl>${events.answered}</CallActiveUrl>
      <CallStopUrl>${events.ended}</CallStopUrl>
      <MissCallUrl>${events.missed}</MissCallUrl>
    </action>
  </phone>
</sysConf>`);
  return [
    {
      title: 'Configuration',
      hint: 'Add these parts to the telephone’s configuration file, or enter the address of the phone book under Phone book → Cloud phone book.',
      fileName: 'doorline-fanvil.xml',
      text: `${text}\n`,
    },
  ];
}
