import type { CodegenConfig } from "@graphql-codegen/cli";

/** Documents that stand in `folder`, typed beside it in `gql/`. */
const typed = (folder: string, presetConfig: Record<string, unknown> = {}) => ({
  [`./${folder}/gql/`]: {
    documents: [`${folder}/**/*.ts`, `!${folder}/gql/**`],
    preset: "client" as const,
    presetConfig: { fragmentMasking: false, ...presetConfig },
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
    },
  },
});

const config: CodegenConfig = {
  schema: "./schema.graphql",
  generates: {
    ...typed("src/client"),
    // With the manifest that lets a server know the documents before they are sent.
    ...typed("test/client", { persistedDocuments: { hashAlgorithm: "sha256" } }),
  },
};

export default config;
