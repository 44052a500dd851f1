/** What a messenger does without at first: loaded once it runs, before it is missed. */
export { cancelFile, fetchFile, readFile } from "./fileReading.ts";
export { sendFile } from "./fileSending.ts";
export { exportMail, importMail, mailHeld } from "./mailFile.ts";
export { recordOf, sayOnRecord } from "./onRecord.ts";
export { forget, revise, withdraw, wordingsOf } from "./rewording.ts";
export { search } from "./searching.ts";
export { bookOf, ringing, sayTool, tableOf, toolOf } from "./tools/tools.ts";
export { venueNews } from "./venueNews.ts";
