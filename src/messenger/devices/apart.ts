/** What is loaded when a person has, or wants, a second device. */
export { Devices } from "./devices.ts";
export { Linking } from "./linking.ts";
export { dropLostChecks } from "./checks.ts";
export { adoptNewest, deviceViews } from "./ownList.ts";
