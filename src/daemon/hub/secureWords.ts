/** What holds of a hub's own certificate, for whoever looks after the hub. */
export const SECURE_WORDS =
  "Browsers warn of it, because the hub made it itself: go on only where the browser’s details of the certificate show this SHA-256. " +
  "A page there may use microphone, camera and notifications; browsers do not keep it for when the hub is away, and iPhones may not connect. " +
  "It has a storage of its own: who moves there takes their identity along as a file or a code.";
