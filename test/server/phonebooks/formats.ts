import type { Maker } from '#server/phonebooks/makers.ts';
import type { XmlRule } from '#test/support/xml-nodes.ts';

// What each maker's manual says of its phone book, as data.

const oneLine = /^[^\p{Cc}]{1,100}$/u;
const anyLine = /^[^\p{Cc}]{0,100}$/u;
const e164 = /^\+[1-9]\d{1,14}$/u;
const e164OrEmpty = /^(?:\+[1-9]\d{1,14})?$/u;

export interface MakerFormat {
  readonly root: string;
  readonly rules: Readonly<Record<string, XmlRule>>;
  readonly most: number;
}

export const formats: Readonly<Record<Maker, MakerFormat>> = {
  yealink: {
    root: 'YealinkIPPhoneDirectory',
    most: 1000,
    rules: {
      YealinkIPPhoneDirectory: {
        children: [
          ['Title', 1, 1],
          ['DirectoryEntry', 0, 1000],
        ],
      },
      Title: { text: oneLine },
      DirectoryEntry: {
        children: [
          ['Name', 1, 1],
          ['Telephone', 1, 3],
        ],
      },
      Name: { text: oneLine },
      Telephone: { text: e164 },
    },
  },
  snom: {
    root: 'tbook',
    most: 1000,
    rules: {
      tbook: { attributes: ['e', 'version'], children: [['contact', 0, 1000]] },
      contact: {
        attributes: ['fav', 'vip', 'blocked'],
        children: [
          ['first_name', 1, 1],
          ['last_name', 1, 1],
          ['numbers', 1, 1],
        ],
      },
      first_name: { text: anyLine },
      last_name: { text: oneLine },
      numbers: { children: [['number', 1, 3]] },
      number: { attributes: ['no', 'type', 'outgoing_id'] },
    },
  },
  grandstream: {
    root: 'AddressBook',
    most: 1000,
    rules: {
      AddressBook: {
        children: [
          ['version', 1, 1],
          ['Contact', 0, 1000],
        ],
      },
      version: { text: /^1$/u },
      Contact: {
        children: [
          ['id', 1, 1],
          ['FirstName', 1, 1],
          ['LastName', 1, 1],
          ['Phone', 1, 3],
          ['Group', 1, 1],
        ],
      },
      id: { text: /^\d+$/u },
      FirstName: { text: anyLine },
      LastName: { text: oneLine },
      Phone: {
        attributes: ['type'],
        children: [
          ['phonenumber', 1, 1],
          ['accountindex', 1, 1],
        ],
      },
      phonenumber: { text: e164 },
      accountindex: { text: /^0$/u },
      Group: { text: /^0$/u },
    },
  },
  cisco: {
    root: 'CiscoIPPhoneDirectory',
    most: 32,
    rules: {
      CiscoIPPhoneDirectory: {
        children: [
          ['Title', 1, 1],
          ['Prompt', 1, 1],
          ['DirectoryEntry', 0, 32],
          ['SoftKeyItem', 0, 8],
        ],
      },
      CiscoIPPhoneMenu: {
        children: [
          ['Title', 1, 1],
          ['Prompt', 1, 1],
          ['MenuItem', 1, 100],
        ],
      },
      Title: { text: oneLine },
      Prompt: { text: oneLine },
      DirectoryEntry: {
        children: [
          ['Name', 1, 1],
          ['Telephone', 1, 1],
        ],
      },
      MenuItem: {
        children: [
          ['Name', 1, 1],
          ['URL', 1, 1],
        ],
      },
      SoftKeyItem: {
        children: [
          ['Name', 1, 1],
          ['URL', 1, 1],
          ['Position', 1, 1],
        ],
      },
      Name: { text: oneLine },
      Telephone: { text: e164 },
      URL: { text: /^(?:https?:\/\/\S+|SoftKey:\w+)$/u },
      Position: { text: /^[1-8]$/u },
    },
  },
  fanvil: {
    root: 'FanvilIPPhoneDirectory',
    most: 1000,
    rules: {
      FanvilIPPhoneDirectory: {
        children: [
          ['Title', 1, 1],
          ['DirectoryEntry', 0, 1000],
        ],
      },
      Title: { text: oneLine },
      DirectoryEntry: {
        children: [
          ['Name', 1, 1],
          ['Telephone', 1, 1],
          ['Mobile', 1, 1],
          ['Other', 1, 1],
          ['Ring', 1, 1],
          ['Group', 1, 1],
        ],
      },
      Name: { text: oneLine },
      Telephone: { text: e164OrEmpty },
      Mobile: { text: e164OrEmpty },
      Other: { text: e164OrEmpty },
      Ring: { text: /^0$/u },
      Group: { text: /^$/u },
    },
  },
  fritzbox: {
    root: 'phonebooks',
    most: 2000,
    rules: {
      phonebooks: { children: [['phonebook', 1, 1]] },
      phonebook: { attributes: ['name'], children: [['contact', 0, 2000]] },
      contact: {
        children: [
          ['category', 1, 1],
          ['person', 1, 1],
          ['telephony', 1, 1],
          ['services', 1, 1],
          ['setup', 1, 1],
        ],
      },
      category: { text: /^0$/u },
      person: { children: [['realName', 1, 1]] },
      realName: { text: oneLine },
      telephony: { attributes: ['nid'], children: [['number', 1, 9]] },
      number: { attributes: ['type', 'prio', 'id'], text: e164 },
      services: {},
      setup: {},
    },
  },
};
