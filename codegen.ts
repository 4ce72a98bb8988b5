import type { CodegenConfig } from "@graphql-codegen/cli";

/** Documents that stand in `folder`, typed beside it in `gql/`. */
const typed = (folder: string, config: Record<string, unknown> = {}) => ({
  [`./${folder}/gql/`]: {
    documents: [`${folder}/**/*.ts`, `!${folder}/gql/**`],
    preset: "client" as const,
    presetConfig: { fragmentMasking: false },
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      strictScalars: true,
      documentMode: "string",
      importExtension: ".js",
      emitLegacyCommonJSImports: false,
      scalars: {
        USD: "number",
        DateTime: "string",
        UUID: "string",
        NonNegativeInt: "number",
        SafeInt: "number",
      },
      ...config,
    },
  },
});

const config: CodegenConfig = {
  schema: "./schema.graphql",
  generates: { ...typed("src/client"), ...typed("test/client") },
};

export default config;
