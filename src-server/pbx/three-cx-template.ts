import { xml, xmlDocument } from '../kernel/xml.ts';

const outputs = [
  ['ContactUrl', '[Link]'],
  ['FirstName', '[First]'],
  ['LastName', '[Last]'],
  ['CompanyName', '[Company]'],
  ['PhoneBusiness', '[Number]'],
  ['EntityId', '[Cid]'],
  ['EntityType', 'Contacts'],
] as const;

const variables = [
  ['Cid', 'id'],
  ['First', 'firstName'],
  ['Last', 'lastName'],
  ['Company', 'company'],
  ['Link', 'url'],
] as const;

const journal = [
  ['type', '[CallType]', 0],
  ['number', '[Number]', 0],
  ['agent', '[Agent]', 0],
  ['duration', '[Duration]', 0],
  ['start', '[[CallStartTimeUTC].ToString("yyyy-MM-ddTHH:mm:ssZ")]', 2],
] as const;

const authorization = xml`<Headers><Value Key="Authorization" Passes="0" Type="String">Bearer [ApiKey]</Value></Headers>`;

/** The CRM template that 3CX imports (3CX, “CRM template XML description”), with address and key filled in. */
export function threeCxTemplate({ origin, key, country }: { readonly origin: string; readonly key: string; readonly country: string }): string {
  return xmlDocument(xml`<Crm Country="${country}" Name="Doorline" Version="1" SupportsEmojis="false" ListPageSize="0">
  <Number Prefix="Plus" MaxLength="" />
  <Connection MaxConcurrentRequests="8" />
  <Parameters>
    <Parameter Name="BaseUrl" Type="String" Parent="General Configuration" Editor="String" Title="Doorline URL:" Default="${origin}" />
    <Parameter Name="ApiKey" Type="Password" Parent="General Configuration" Editor="String" Title="Key of this telephone system:" Default="${key}" />
    <Parameter Name="ReportCallEnabled" Type="Boolean" Parent="" Editor="String" Title="Write calls into Doorline" Default="True" />
  </Parameters>
  <Authentication Type="No" />
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request SkipIf="" Url="[BaseUrl]/pbx/v1/3cx/lookup?n=[Number]" MessagePasses="0" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json">
        ${authorization}
      </Request>
      <Rules><Rule Type="Any">contacts.id</Rule></Rules>
      <Variables>${variables.map(([name, path]) => xml`<Variable Name="${name}" Path="contacts.${path}"><Filter /></Variable>`)}</Variables>
      <Outputs AllowEmpty="false">${outputs.map(([type, value]) => xml`<Output Type="${type}" Passes="0" Value="${value}" />`)}</Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[ReportCallEnabled]!=True" Url="[BaseUrl]/pbx/v1/3cx/call" MessagePasses="0" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        ${authorization}
        <PostValues>${journal.map(([name, value, passes]) => xml`<Value Key="${name}" Passes="${passes}" Type="String">${value}</Value>`)}</PostValues>
      </Request>
    </Scenario>
  </Scenarios>
</Crm>`);
}
