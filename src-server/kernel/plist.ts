import { xml, xmlDocument, writtenXml, type Xml } from './xml.ts';

// Property lists as Apple's configuration profiles are written (plist(5), PropertyList-1.0.dtd). Each function writes
// one key with its value.

export const plistText = (key: string, value: string): Xml => xml`<key>${key}</key><string>${value}</string>`;
export const plistInteger = (key: string, value: number): Xml => xml`<key>${key}</key><integer>${value}</integer>`;
export const plistReal = (key: string, value: number): Xml => xml`<key>${key}</key><real>${value}</real>`;
export const plistTrue = (key: string): Xml => xml`<key>${key}</key><true/>`;
export const plistData = (key: string, value: Buffer): Xml => xml`<key>${key}</key><data>${value.toString('base64')}</data>`;
export const plistDictionary = (key: string, entries: readonly Xml[]): Xml => xml`<key>${key}</key><dict>${entries}</dict>`;
/** A list of dictionaries. */
export const plistList = (key: string, items: readonly (readonly Xml[])[]): Xml =>
  xml`<key>${key}</key><array>${items.map((entries) => xml`<dict>${entries}</dict>`)}</array>`;

const documentType = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';

/** A whole property list whose root is a dictionary. */
export function plistDocument(entries: readonly Xml[]): string {
  return xmlDocument(xml`${writtenXml(documentType)}\n<plist version="1.0"><dict>${entries}</dict></plist>\n`);
}
