/** What nobody sees until they open it. Loaded by itself once the page stands, so that the first conversation is sooner. */
export { Departures } from "./Departures.tsx";
export { EntryMarks } from "./EntryMarks.tsx";
export { SearchKey, SearchSaid } from "./Finding.tsx";
export { LaterRow } from "./LaterRow.tsx";
export { NewCaucus } from "./NewCaucus.tsx";
export { Overlay } from "./Overs.tsx";
export { PinnedStrip } from "./Pinned.tsx";
export { PersonSheet } from "./PersonSheet.tsx";
export { QuantumLine } from "./QuantumLine.tsx";
export { Settings } from "./Settings.tsx";
export { Outgoing } from "../outgoing.ts";
export { Wiped } from "./Wiped.tsx";
export { laterIcons } from "../parts/laterIcons.ts";
