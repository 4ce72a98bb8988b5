import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
  parse,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/** Every field, argument and input field of a schema by its coordinate, such as `Query.executions(first:)`. */
function coordinatesOf(schema: GraphQLSchema): readonly string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  return types.flatMap((type) => {
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => `${type.name}.${name}`);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      `${type.name}.${field.name}`,
      ...field.args.map(({ name }) => `${type.name}.${field.name}(${name}:)`),
    ]);
  });
}

/** The coordinates that requests ask for or give a value to, as the schema sees them. */
export class Coverage {
  readonly #seen = new Set<string>();

  constructor(readonly schema: GraphQLSchema) {}

  /** The coordinates that no request had. */
  get missed(): readonly string[] {
    return coordinatesOf(this.schema).filter((coordinate) => !this.#seen.has(coordinate));
  }

  /** Counts a request; what is no document, or no JSON, counts nothing. */
  note(query: string, variables: string): void {
    const [document, values] = [attempt(() => parse(query)), attempt((): Variables => JSON.parse(variables))];
    if (document === undefined) return;
    const types = new TypeInfo(this.schema);
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: () => this.#add(types.getParentType()?.name, types.getFieldDef()?.name),
        Argument: () => {
          const argument = types.getArgument()?.name;
          this.#add(types.getParentType()?.name, `${types.getFieldDef()?.name}(${argument}:)`);
        },
        ObjectField: ({ name }) => this.#add(getNamedType(types.getParentInputType())?.name, name.value),
        VariableDefinition: ({ type, variable }) => {
          const declared = typeFromAST(this.schema, type as never) as GraphQLInputType | undefined;
          this.#noteValue(declared, values?.[variable.name.value]);
        },
      }),
    );
  }

  #add(parent: string | undefined, name: string | undefined): void {
    this.#seen.add(`${parent}.${name}`);
  }

  #noteValue(type: GraphQLInputType | undefined, value: unknown): void {
    const named = type && getNamedType(type);
    if (Array.isArray(value)) for (const item of value) this.#noteValue(named, item);
    else if (isInputObjectType(named) && typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        this.#add(named.name, name);
        this.#noteValue(named.getFields()[name]?.type, inner);
      }
    }
  }
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
