import { z } from 'zod';

interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

/** `/api/openapi.json` as it is served. */
export interface ServedDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export interface RealAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A schema that refers to others, as one that stands alone. */
function schemaOf({ components }: ServedDescription, schema: object): z.ZodType {
  const alone = JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(alone) as Parameters<typeof z.fromJSONSchema>[0]);
}

/** What is wrong with an answer by what the description promises; undefined when nothing is. */
export function faultOf(description: ServedDescription, call: string, answer: RealAnswer): string | undefined {
  const [method = '', path = ''] = call.split(' ');
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) return 'is not described';
  // The general refusal stands for what a caller need not tell apart; a success is always described by itself.
  const promised = operation.responses[answer.status] ?? (answer.status >= 400 ? operation.responses['default'] : undefined);
  if (promised === undefined) return `answers ${answer.status}, which is not described`;
  const type = answer.type.split(';')[0] ?? '';
  if (promised.content === undefined) return answer.body === '' ? undefined : 'has a body, and none is described';
  const media = promised.content[type];
  if (media === undefined) return `is ${type}, which is not described`;
  if (!type.endsWith('json')) return undefined;
  const { error } = schemaOf(description, media.schema).safeParse(JSON.parse(answer.body));
  return error === undefined ? undefined : z.prettifyError(error);
}
