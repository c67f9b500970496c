import type { SetupText } from './pbx.contract.ts';
import type { SetupPlace } from './setup-place.ts';
import { threeCxTemplate } from './three-cx-template.ts';

/** Asterisk: a subroutine for the dialplan (Asterisk, dialplan functions CURL, CURLOPT and CALLERID). */
export function asteriskTexts({ origin, key }: SetupPlace): SetupText[] {
  const name = `
[doorline]
; In front of Dial() for calls that come in:  same => n,Gosub(doorline,s,1)
exten => s,1,GotoIf($["\${CALLERID(num-pres):0:6}" = "prohib"]?done)
 same => n,GotoIf($["\${CALLERID(num)}" = ""]?done)
 same => n,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,Set(CURLOPT(ssl_verifypeer)=1)
 same => n,Set(CURLOPT(failurecodes)=400,401,403,404,429,500,502,503)
 same => n,Set(CURLOPT(httpheader)=Authorization: Bearer ${key})
 same => n,Set(DOORLINE_NAME=\${CURL(${origin}/pbx/v1/name?n=\${URIENCODE(\${CALLERID(num)})})})
 same => n,ExecIf($[\${LEN(\${DOORLINE_NAME})} > 0]?Set(CALLERID(name-charset)=utf8))
 same => n,ExecIf($[\${LEN(\${DOORLINE_NAME})} > 0]?Set(CALLERID(name)=\${DOORLINE_NAME}))
 same => n(done),Return()
`;
  const event = (what: string) =>
    `Set(DOORLINE_SENT=\${CURL(${origin}/pbx/v1/action/${key}/${what}?from=\${URIENCODE(\${CALLERID(num)})}&to=\${URIENCODE(\${ARG1})}&agent=\${URIENCODE(\${ARG1})}&call=\${URIENCODE(\${UNIQUEID})})})`;
  const events = `
; Calls on the desk's screens. ARG1 is the extension that is called:
;   same => n,Gosub(doorline-ringing,s,1(101))   in front of Dial()
;   exten => h,1,Gosub(doorline-over,s,1(101))   when the call is over
[doorline-ringing]
exten => s,1,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,${event('ringing')}
 same => n,Return()

[doorline-over]
exten => s,1,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,GotoIf($["\${DIALSTATUS}" = "ANSWER"]?ended)
 same => n,${event('missed')}
 same => n,Return()
 same => n(ended),${event('ended')}
 same => n,Return()
`;
  return [
    {
      title: 'Names of callers',
      hint: 'For extensions.conf (FreePBX: extensions_custom.conf). Needs Asterisk’s modules func_curl and res_curl.',
      fileName: 'doorline-names.conf',
      text: name.trimStart(),
    },
    {
      title: 'Calls on the desk’s screens',
      hint: 'Optional: shows who is ringing and keeps missed calls.',
      fileName: 'doorline-events.conf',
      text: events.trimStart(),
    },
  ];
}

/** Where Kamailio's configuration expects our certificate authority. */
export const kamailioAuthorityFile = '/etc/kamailio/doorline-authority.pem';

/**
 * Kamailio: modules and routes. The question is asked in a process of its own (`async`), so that nothing waits for it,
 * and a desk that does not answer costs a call one second at most (Kamailio, modules http_client, async and uac).
 */
export function kamailioTexts({ origin, key }: SetupPlace): SetupText[] {
  const modules = `# Doorline: names of callers. Beside your other modules; tm, tmx, pv and textops are there in the default configuration.
loadmodule "http_client.so"
loadmodule "async.so"
loadmodule "uac.so"

async_workers=4

modparam("http_client", "connection_timeout", 1)
modparam("http_client", "cacert", "${kamailioAuthorityFile}")
modparam("http_client", "verify_peer", 1)
modparam("http_client", "verify_host", 2)
modparam("uac", "restore_mode", "none")
`;
  const routes = `# Doorline: names of callers. In request_route, where new calls come by, before they are relayed:
#   if (is_method("INVITE") && !has_totag()) route(DOORLINE);
#   route(RELAY);
route[DOORLINE] {
  # Withheld callers are nobody.
  if ($fU == $null || $fU =~ "^(anonymous|restricted|unavailable)$" || search_hf("Privacy", "id|user", "a")) return;
  # Goes on in DOORLINE_NAME. Where no process is free for it, the call goes on at once without a name.
  async_task_route("DOORLINE_NAME");
}

route[DOORLINE_NAME] {
  $var(doorline) = "";
  http_client_query("${origin}/pbx/v1/name?n=$(fU{s.escape.param})", "", "Authorization: Bearer ${key}", "$var(doorline)");
  if ($rc == 200 && $(var(doorline){s.len}) > 0) uac_replace_from("\\"$var(doorline)\\"", "");
  route(RELAY);
}
`;
  return [
    {
      title: 'Modules',
      hint: 'For kamailio.cfg, among the modules. On Debian, http_client is in the package kamailio-utils-modules.',
      fileName: 'doorline-modules.cfg',
      text: modules,
    },
    {
      title: 'Routes',
      hint: 'For kamailio.cfg, after request_route. The default configuration has a route RELAY already.',
      fileName: 'doorline-routes.cfg',
      text: routes,
    },
  ];
}

export function threeCxTexts({ origin, key, country }: SetupPlace): SetupText[] {
  return [
    {
      title: 'CRM template',
      hint: 'In 3CX: Settings → CRM → Add, then choose this file. Set “Match caller ID” to “exactly”, and restart the 3CX service after a change.',
      fileName: 'doorline-3cx.xml',
      text: `${threeCxTemplate({ origin, key, country })}\n`,
    },
  ];
}

export function genericTexts({ origin, key }: SetupPlace): SetupText[] {
  const text = `# Who is calling: one line of text, empty when nobody is known.
GET ${origin}/pbx/v1/name?n=+48600100200
Authorization: Bearer ${key}

# A call rings, is answered, ends or is missed. The same callId belongs to one call; a repetition changes nothing.
POST ${origin}/pbx/v1/event
Authorization: Bearer ${key}
Content-Type: application/json

{"event": "ringing", "from": "+48600100200", "to": "101", "agent": "101", "callId": "a-1"}
`;
  return [
    {
      title: 'Requests',
      hint: 'What any telephone system or script may ask and report. The words for “event” are ringing, answered, ended and missed.',
      fileName: 'doorline-requests.txt',
      text,
    },
  ];
}
