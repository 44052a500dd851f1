/** What nobody sees until they open it. Loaded by itself once the page stands, so that the first conversation is sooner. */
export { NewCaucus } from "./NewCaucus.tsx";
export { Overlay } from "./Overs.tsx";
export { PersonSheet } from "./PersonSheet.tsx";
export { Settings } from "./Settings.tsx";
