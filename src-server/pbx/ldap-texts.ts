import { xml, xmlDocument } from '../kernel/xml.ts';
import type { SetupText } from './pbx.contract.ts';

/** Where the directory is and how this system signs in to it. */
export interface LdapPlace {
  readonly hostName: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly base: string;
  readonly sourceId: string;
  readonly key: string;
}

const numberFilter = '(|(telephoneNumber=%)(mobile=%))';
const nameFilter = '(|(cn=%)(sn=%))';
const mostResults = 50;

function userOf({ sourceId, base }: LdapPlace): string {
  return `uid=${sourceId},${base}`;
}

/** What every client asks for, under one name or another. */
function parameters(place: LdapPlace): SetupText {
  const lines = [
    `Server          ${place.hostName}`,
    `Port            ${place.port} (${place.isTls ? 'LDAPS' : 'LDAP, StartTLS where the client can'})`,
    `Base            ${place.base}`,
    `User            ${userOf(place)}`,
    `Password        ${place.key}`,
    'Version         3',
    `Name filter     ${nameFilter}`,
    `Number filter   ${numberFilter}`,
    'Name attributes cn sn',
    'Numbers         telephoneNumber mobile',
    'Shown name      cn',
    `Most results    ${mostResults}`,
  ];
  return {
    title: 'Parameters',
    hint: 'What every telephone and telephone system asks for, under one name or another.',
    fileName: 'doorline-ldap.txt',
    text: `${lines.join('\n')}\n`,
  };
}

/** Yealink administrator guide, “LDAP”. */
function yealink(place: LdapPlace): SetupText {
  const lines = [
    'ldap.enable = 1',
    `ldap.host = ${place.hostName}`,
    `ldap.port = ${place.port}`,
    `ldap.tls_mode = ${place.isTls ? 2 : 0}`,
    `ldap.base = ${place.base}`,
    `ldap.user = ${userOf(place)}`,
    `ldap.password = ${place.key}`,
    'ldap.version = 3',
    `ldap.name_filter = ${nameFilter}`,
    `ldap.number_filter = ${numberFilter}`,
    'ldap.name_attr = cn sn',
    'ldap.numb_attr = telephoneNumber mobile',
    'ldap.display_name = cn',
    `ldap.max_hits = ${mostResults}`,
    'ldap.call_in_lookup = 1',
  ];
  return { title: 'Yealink', hint: 'The same for a Yealink’s .cfg.', fileName: 'doorline-ldap-yealink.cfg', text: `${lines.join('\n')}\n` };
}

/** Snom, settings “ldap_…”. */
function snom(place: LdapPlace): SetupText {
  const text = xmlDocument(xml`<settings>
  <phone-settings e="2">
    <ldap_server perm="RW">${place.hostName}</ldap_server>
    <ldap_port perm="RW">${place.port}</ldap_port>
    <ldap_over_tls perm="RW">${place.isTls ? 'on' : 'off'}</ldap_over_tls>
    <ldap_base perm="RW">${place.base}</ldap_base>
    <ldap_username perm="RW">${userOf(place)}</ldap_username>
    <ldap_password perm="RW">${place.key}</ldap_password>
    <ldap_search_filter perm="RW">${nameFilter}</ldap_search_filter>
    <ldap_number_filter perm="RW">${numberFilter}</ldap_number_filter>
    <ldap_name_attributes perm="RW">cn</ldap_name_attributes>
    <ldap_number_attributes perm="RW">telephoneNumber mobile</ldap_number_attributes>
    <ldap_display_name perm="RW">%cn</ldap_display_name>
    <ldap_max_hits perm="RW">${mostResults}</ldap_max_hits>
  </phone-settings>
</settings>`);
  return { title: 'Snom', hint: 'The same for a Snom’s settings file.', fileName: 'doorline-ldap-snom.xml', text: `${text}\n` };
}

/** Cisco, “Parameters for LDAP Directory”: the third search item is for numbers that call. */
function cisco(place: LdapPlace): SetupText {
  const text = xmlDocument(xml`<flat-profile>
  <LDAP_Dir_Enable ua="na">Yes</LDAP_Dir_Enable>
  <LDAP_Corp_Dir_Name ua="na">Doorline</LDAP_Corp_Dir_Name>
  <LDAP_Server ua="na">${place.isTls ? 'ldaps' : 'ldap'}://${place.hostName}:${place.port}</LDAP_Server>
  <LDAP_StartTLS_Enable ua="na">Yes</LDAP_StartTLS_Enable>
  <LDAP_Auth_Method ua="na">Simple</LDAP_Auth_Method>
  <LDAP_Client_DN ua="na">${userOf(place)}</LDAP_Client_DN>
  <LDAP_Password ua="na">${place.key}</LDAP_Password>
  <LDAP_Search_Base ua="na">${place.base}</LDAP_Search_Base>
  <LDAP_Last_Name_Filter ua="na">sn:(sn=$VALUE*)</LDAP_Last_Name_Filter>
  <LDAP_First_Name_Filter ua="na">cn:(cn=$VALUE*)</LDAP_First_Name_Filter>
  <LDAP_Search_Item_3 ua="na">telephoneNumber</LDAP_Search_Item_3>
  <LDAP_Item_3_Filter ua="na">telephoneNumber:(|(telephoneNumber=$VALUE)(mobile=$VALUE))</LDAP_Item_3_Filter>
  <LDAP_Display_Attrs ua="na">a=cn,n=Name;a=telephoneNumber,n=Phone,t=p;a=mobile,n=Mobile,t=p</LDAP_Display_Attrs>
</flat-profile>`);
  return { title: 'Cisco', hint: 'The same for Cisco’s multiplatform telephones.', fileName: 'doorline-ldap-cisco.xml', text: `${text}\n` };
}

/** Fanvil, “LDAP”: the part of its configuration. */
function fanvil(place: LdapPlace): SetupText {
  const text = xmlDocument(xml`<sysConf>
  <phone>
    <ldap index="1">
      <Title>Doorline</Title>
      <Server>${place.hostName}</Server>
      <port>${place.port}</port>
      <Base>${place.base}</Base>
      <UseSSL>${place.isTls ? 1 : 0}</UseSSL>
      <Version>3</Version>
      <InCallSearch>1</InCallSearch>
      <OutCallSearch>1</OutCallSearch>
      <Username>${userOf(place)}</Username>
      <Password>${place.key}</Password>
      <TelAttr>telephoneNumber</TelAttr>
      <MobileAttr>mobile</MobileAttr>
      <OtherAttr>other</OtherAttr>
      <NameAttr>cn sn</NameAttr>
      <SortAttr>cn</SortAttr>
      <Displayname>cn</Displayname>
      <NumberFilter>(|(telephoneNumber=%)(mobile=%)(other=%))</NumberFilter>
      <NameFilter>${nameFilter}</NameFilter>
      <MaxHits>${mostResults}</MaxHits>
    </ldap>
  </phone>
</sysConf>`);
  return { title: 'Fanvil', hint: 'The same for a Fanvil’s configuration file.', fileName: 'doorline-ldap-fanvil.xml', text: `${text}\n` };
}

/** LDAP: the parameters alone, for whoever types them in (Grandstream, say), and makers' files by the names they give them. */
export function ldapTexts(place: LdapPlace): SetupText[] {
  return [parameters(place), yealink(place), snom(place), cisco(place), fanvil(place)];
}
