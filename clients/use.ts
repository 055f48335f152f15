// What a program in TypeScript does with the contract: it compiles where names and shapes are as generators need them.
import type { components, operations } from "./made/billcalc";

type Schemas = components["schemas"];

export const totalOf = (bill: Schemas["Bill"]): string => bill.total;
export const savingOf = (variant: Schemas["SimulatedBill"]): string => variant.difference;
export const codesOf = (problem: Schemas["Problem"]): string[] =>
  (problem.faults ?? []).map((fault) => fault.code);
export type Batch = operations["calculate_batch"]["requestBody"]["content"]["application/x-ndjson"];
export type Languages = NonNullable<operations["calculate_bill"]["parameters"]["query"]>["lang"];
