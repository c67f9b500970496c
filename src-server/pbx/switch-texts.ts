import type { SetupText } from './pbx.contract.ts';
import type { SetupPlace } from './setup-place.ts';
import { threeCxTemplate } from './three-cx-template.ts';

function asteriskNames({ origin, key }: SetupPlace): string {
  return `[doorline]
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
}

function asteriskEvents({ origin, key }: SetupPlace): string {
  const tells = (event: string, { caller, extension, call }: Readonly<Record<'caller' | 'extension' | 'call', string>>) => {
    const encoded = (variable: string) => `\${URIENCODE(\${${variable}})}`;
    const query = `from=${encoded(caller)}&to=${encoded(extension)}&agent=${encoded(extension)}&call=${encoded(call)}`;
    return `Set(DOORLINE_SENT=\${CURL(${origin}/pbx/v1/action/${key}/${event}?${query})})`;
  };
  const ofCaller = { caller: 'DOORLINE_CALLER', extension: 'ARG1', call: 'UNIQUEID' };
  return `; Calls on the desk's screens. 101 stands for the extension that is called:
;   same => n,Gosub(doorline-ringing,s,1(101))                                             in front of Dial()
;   same => n,Dial(PJSIP/101,30,U(doorline-answered^\${UNIQUEID}^\${DOORLINE_CALLER}^101))   Dial() itself
;   exten => h,1,Gosub(doorline-over,s,1(101))                                             when the call is over
[doorline-caller]
; A number that is withheld is never told.
exten => s,1,Set(DOORLINE_CALLER=\${IF($["\${CALLERID(num-pres):0:6}" = "prohib"]?anonymous:\${CALLERID(num)})})
 same => n,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,Return()

[doorline-ringing]
exten => s,1,Gosub(doorline-caller,s,1)
 same => n,${tells('ringing', ofCaller)}
 same => n,Return()

[doorline-answered]
; Runs for the telephone that answers.
exten => s,1,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,${tells('answered', { caller: 'ARG2', extension: 'ARG3', call: 'ARG1' })}
 same => n,Return()

[doorline-over]
exten => s,1,Gosub(doorline-caller,s,1)
 same => n,GotoIf($["\${DIALSTATUS}" = "ANSWER"]?ended)
 same => n,${tells('missed', ofCaller)}
 same => n,Return()
 same => n(ended),${tells('ended', ofCaller)}
 same => n,Return()
`;
}

/** FreePBX: the fields of a “CallerID Lookup Source” that asks over HTTP; user and password go along as Basic (RFC 7617). */
function freePbxFields({ hostName, port, key }: SetupPlace): string {
  return `Source Description   Doorline
Source type          HTTPS
Cache Results        No
Host                 ${hostName}
Port                 ${port}
Username             doorline
Password             ${key}
Path                 pbx/v1/name
Query                n=[NUMBER]
`;
}

/** Asterisk: subroutines for the dialplan (Asterisk, dialplan functions CURL, CURLOPT and CALLERID); FreePBX: a form. */
export function asteriskTexts(place: SetupPlace): SetupText[] {
  return [
    {
      title: 'FreePBX',
      hint: 'Under Admin → CallerID Lookup Sources. Then choose it as the CID Lookup Source of your inbound routes. The next text is not needed for names then.',
      fileName: 'doorline-freepbx.txt',
      text: freePbxFields(place),
    },
    {
      title: 'Names of callers',
      hint: 'For extensions.conf. Needs Asterisk’s modules func_curl and res_curl.',
      fileName: 'doorline-names.conf',
      text: asteriskNames(place),
    },
    {
      title: 'Calls on the desk’s screens',
      hint: 'Optional: shows who is ringing and keeps missed calls. For extensions.conf (FreePBX: extensions_custom.conf).',
      fileName: 'doorline-events.conf',
      text: asteriskEvents(place),
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
GET ${origin}/pbx/v1/name?n=%2B48600100200
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
