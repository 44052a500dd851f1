/** Holding a stream up, and letting it go on. */
import type { Stream } from "@libp2p/interface";

/**
 * Pauses a stream, or resumes it. To resume tells the other side so, which fails where its connection is just being closed:
 * then there is nothing left to read, and whoever asked, often a timer, is not to hear of it.
 */
export const setFlow = (stream: Pick<Stream, "readStatus" | "pause" | "resume" | "abort">, paused: boolean): void => {
  try {
    if (paused && stream.readStatus === "readable") stream.pause();
    if (!paused && stream.readStatus === "paused") stream.resume();
  } catch (error) {
    stream.abort(error instanceof Error ? error : new Error("not to be resumed"));
  }
};
