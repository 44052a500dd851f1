/** Which words tell a person what went wrong: a Fluent id for each code that they can do something about. */
const BY_CODE: Readonly<Record<string, string>> = {
  "wrong-passphrase": "error-wrong-passphrase",
  "hub-away": "error-hub-away",
  "file-too-large": "error-file-too-large",
  "file-not-here": "error-file-not-here",
  "file-name": "error-file-name",
  "text-too-long": "error-too-long",
  "not-in": "error-not-in",
  "not-a-member": "error-not-member",
  "no-comparison": "error-over",
  "no-room-code": "error-over",
};

const BY_FAULT: Readonly<Record<string, string>> = {
  usage: "error-usage",
  refused: "error-refused",
  invalid: "error-invalid",
  storage: "error-storage",
  network: "error-network",
  timeout: "error-timeout",
};

/** The id of the message for an error; `error-internal` for what nobody foresaw. */
export const troubleId = (error: unknown): string => {
  if (!hasCode(error)) return "error-internal";
  return BY_CODE[error.code] ?? BY_FAULT[error.fault] ?? "error-internal";
};

/** The code of an error, where it has one. */
export const codeOf = (error: unknown): string | undefined => (hasCode(error) ? error.code : undefined);
/** Its fault, where it has one. */
export const faultOf = (error: unknown): string | undefined => (hasCode(error) ? error.fault : undefined);

// An error that crossed from another tab or a daemon may be a plain object with the same fields.
const hasCode = (error: unknown): error is { code: string; fault: string } =>
  typeof error === "object" && error !== null && "code" in error && "fault" in error;
