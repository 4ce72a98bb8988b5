import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "./schema.graphql",
  documents: ["test/client/**/*.ts", "!test/client/gql/**"],
  generates: {
    "./test/client/gql/": {
      preset: "client",
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
      },
    },
  },
};

export default config;
