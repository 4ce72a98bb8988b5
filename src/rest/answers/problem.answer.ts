import { z } from "zod";
import { catalogue, type ErrorCode } from "../../errors.js";

const codes = Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]; // the catalogue has no other keys

/** A refusal (RFC 9457). */
export const problemAnswer = z
  .object({
    type: z
      .string()
      .meta({ format: "uri-reference", description: "Nothing beyond the code: `about:blank`." }),
    title: z.string().meta({ description: "The code in words." }),
    status: z.int().meta({ description: "The status of the response." }),
    code: z.enum(codes).meta({ description: "What kind of refusal it is, as in GraphQL." }),
    detail: z.string().meta({ description: "What is wrong, and what would be right." }),
    errors: z
      .array(
        z
          .object({
            path: z.string().meta({ description: "Where it stands in the request; empty for the whole." }),
            message: z.string().meta({ description: "What would be right." }),
          })
          .meta({ id: "FieldError", description: "A rule that a value breaks." }),
      )
      .optional()
      .meta({ description: "Every value that breaks a rule." }),
    request_id: z.string().meta({ description: "The request in the log of the server." }),
  })
  .meta({ id: "Problem", description: "Why a request was refused (RFC 9457)." });
