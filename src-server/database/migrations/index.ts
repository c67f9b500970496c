import { initialSchema } from './0001-initial-schema.ts';
import { devicesOnEveryRoad } from './0002-devices-on-every-road.ts';
import { cardsOfDirectories } from './0003-cards-of-directories.ts';
import { rankedScopes } from './0004-ranked-scopes.ts';
import { enrolment } from './0005-enrolment.ts';
import { pbxSources } from './0006-pbx-sources.ts';
import { callLog } from './0007-call-log.ts';
import { callReports } from './0012-call-reports.ts';
import { capFrontier } from './0013-cap-frontier.ts';
import { editsOfCompanies } from './0016-edits-of-companies.ts';
import { accountsOfPhones } from './0017-accounts-of-phones.ts';
import { callLegs } from './0018-call-legs.ts';
import { sharedCallers } from './0019-shared-callers.ts';
import { labelsInPlainText } from './0020-labels-in-plain-text.ts';
import { companiesBesideNames } from './0021-companies-beside-names.ts';
import { eventsOfAudiences } from './0022-events-of-audiences.ts';
import type { Migration } from './migration.ts';

/** In order, never reordered, never edited once released. */
export const migrations: readonly Migration[] = [
  initialSchema,
  devicesOnEveryRoad, // keep one migration a line
  cardsOfDirectories,
  rankedScopes,
  enrolment,
  pbxSources,
  callLog,
  callReports,
  capFrontier,
  editsOfCompanies,
  accountsOfPhones,
  callLegs,
  sharedCallers,
  labelsInPlainText,
  companiesBesideNames,
  eventsOfAudiences,
];
