import {
  type BreakingChange,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";

/** A schema, and the version of the package that has it. */
export interface Versioned {
  readonly version: string;
  readonly schema: GraphQLSchema;
}

/** What became of a schema since a release, and whether that may be released. */
export interface Verdict {
  readonly isAllowed: boolean;
  readonly sentences: readonly string[];
}

/**
 * Holds a schema against the last release, by the deprecation policy: what breaks clients takes a new major version (a new
 * minor one before 1.0.0), and what is removed must have been deprecated in the release before.
 */
export function schemaVerdict(released: Versioned, current: Versioned): Verdict {
  const breaking = findBreakingChanges(released.schema, current.schema);
  const dangerous = findDangerousChanges(released.schema, current.schema);
  const mayBreak = majorOf(current.version) > majorOf(released.version);
  const refused = mayBreak ? breaking.filter((change) => !wasAnnounced(change, released.schema)) : breaking;
  const why = mayBreak ? "was not deprecated in the release before" : "needs a new major version";
  return {
    isAllowed: refused.length === 0,
    sentences: [
      `Since ${released.version}: ${breaking.length} breaking and ${dangerous.length} dangerous changes.`,
      ...breaking.map(
        (change) => `breaking${refused.includes(change) ? `, and ${why}` : ""}: ${change.description}`,
      ),
      ...dangerous.map(({ description }) => `dangerous: ${description}`),
    ],
  };
}

/** The part of a version that says what breaks: before 1.0.0 the minor one (semver, clause 4). */
function majorOf(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 0 ? major * 1_000_000 : minor;
}

/** Whether something is removed that clients were told to leave; arguments and whole types are announced by the version alone. */
function wasAnnounced({ description }: BreakingChange, released: GraphQLSchema): boolean {
  const { type: owner, member } =
    /^(?<type>\w+)\.(?<member>\w+) was removed\.$/.exec(description)?.groups ??
    /^(?<member>\w+) was removed from enum type (?<type>\w+)\.$/.exec(description)?.groups ??
    {};
  if (owner === undefined || member === undefined) return true;
  const type = released.getType(owner);
  const members = isEnumType(type)
    ? Object.fromEntries(type.getValues().map((value) => [value.name, value]))
    : isObjectType(type) || isInputObjectType(type) || isInterfaceType(type)
      ? type.getFields()
      : {};
  return members[member]?.deprecationReason !== undefined && members[member]?.deprecationReason !== null;
}
