import { renderToString } from 'preact-render-to-string';

/** As much of an OpenAPI 3.1 description as the page shows. */
export interface ApiDescription {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
}

interface ApiOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: unknown }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
  readonly responses?: Readonly<Record<string, ApiAnswer>>;
}

export interface ApiAnswer {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}

const style = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1c2024;--quiet:#60646c;--line:#e4e2dd;--door:#0b5d5b}
@media(prefers-color-scheme:dark){:root{--paper:#141618;--card:#1b1e21;--ink:#ecedee;--quiet:#9ba1a6;--line:#2b2f33;--door:#5bbdb6}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,sans-serif}
main{max-width:880px;margin:0 auto;padding:32px 16px 64px}
h1{font-size:26px;margin:0 0 8px}
h2{font-size:16px;margin:0;overflow-wrap:anywhere}
h3{font-size:14px;margin:16px 0 4px}
p{margin:0 0 8px}
a{color:var(--door)}
.quiet{color:var(--quiet)}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin-top:16px}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:0;padding:12px;border:1px solid var(--line);border-radius:8px;overflow-x:auto}
.method{color:var(--door)}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
`;

const words: Readonly<Record<string, string>> = { deviceToken: 'a phone’s token (bearer)', apiKey: 'an API key (bearer)' };

function schemaOf(content: Readonly<Record<string, { readonly schema?: unknown }>> | undefined): unknown {
  return Object.values(content ?? {})[0]?.schema;
}

function Schema({ of }: { readonly of: unknown }) {
  return of === undefined ? null : (
    // A long line scrolls inside, so it must be reachable by keyboard.
    <pre tabIndex={0}>{JSON.stringify(of, null, 2)}</pre>
  );
}

function Operation({ method, path, operation }: { readonly method: string; readonly path: string; readonly operation: ApiOperation }) {
  const schemes = (operation.security ?? []).flatMap((choice) => Object.keys(choice));
  const body = schemaOf(operation.requestBody?.content);
  const parameters = operation.parameters ?? [];
  const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status !== 'default');
  return (
    <section>
      <h2>
        <code>
          <span class="method">{method.toUpperCase()}</span> {path}
        </code>
      </h2>
      {operation.summary === undefined ? null : <p>{operation.summary}</p>}
      {operation.description === undefined ? null : <p class="quiet">{operation.description}</p>}
      <p class="quiet">{schemes.length === 0 ? 'Open to anyone on the network.' : `Needs ${schemes.map((scheme) => words[scheme] ?? scheme).join(' or ')}.`}</p>
      {parameters.length === 0 ? null : (
        <>
          <h3>Parameters</h3>
          <table>
            <thead>
              <tr>
                <th>Name</th>
                <th>In</th>
                <th>Kind</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={`${parameter.in} ${parameter.name}`}>
                  <td>
                    <code>{parameter.name}</code>
                    {parameter.required === true ? ' (needed)' : ''}
                  </td>
                  <td>{parameter.in}</td>
                  <td>
                    <code>{JSON.stringify(parameter.schema ?? {})}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {body === undefined ? null : (
        <>
          <h3>Body</h3>
          <Schema of={body} />
        </>
      )}
      {answers
        .filter(([status]) => Number(status) < 400)
        .map(([status, response]) => (
          <div key={status}>
            <h3>
              {status} {response.description}
            </h3>
            <Schema of={schemaOf(response.content)} />
          </div>
        ))}
      <Refusals answers={answers.filter(([status]) => Number(status) >= 400)} />
    </section>
  );
}

function Refusals({ answers }: { readonly answers: readonly (readonly [status: string, answer: ApiAnswer])[] }) {
  if (answers.length === 0) return null;
  return (
    <>
      <h3>Refusals to tell apart</h3>
      <table>
        <tbody>
          {answers.map(([status, { description }]) => (
            <tr key={status}>
              <th scope="row">{status}</th>
              <td>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The description as a page to read. */
export function renderApiDocs({ info, paths }: ApiDescription, nonce: string): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${info.title} API`}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>{info.title} API</h1>
          <p class="quiet">
            {info.description} Version {info.version}. For programs: <a href="/api/openapi.json">openapi.json</a>. Errors are RFC 9457 problem documents.
          </p>
          {Object.entries(paths).flatMap(([path, operations]) =>
            Object.entries(operations).map(([method, operation]) => <Operation key={`${method} ${path}`} method={method} path={path} operation={operation} />),
          )}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}
