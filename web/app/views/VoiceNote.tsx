import type { FileView, MessageView, Voice } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Player } from "../voice/Player.tsx";

interface VoiceNoteProps {
  readonly line: MessageView;
  readonly file: FileView;
  readonly voice: Voice;
}

/** Kinds of sound that a page plays; whatever else its author says, it is played as none of theirs. */
const SOUNDS = ["audio/webm", "audio/mp4", "audio/ogg"];

/** A voice note that is here. */
export const VoiceNote = ({ line, file, voice }: VoiceNoteProps) => {
  const app = useController();
  const read = async (): Promise<Blob> => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of app.backend.api.readFile(line.caucus, line.message)) parts.push(new Uint8Array(part));
    return new Blob(parts, { type: SOUNDS.find((kind) => kind === file.type) ?? "audio/webm" });
  };
  return <Player voice={voice} read={read} />;
};
