import { DevicesSheet } from "../devices/DevicesSheet.tsx";
import { OfferSheet } from "../devices/OfferSheet.tsx";
import { EmojiSheet } from "../emoji/EmojiSheet.tsx";
import { KeysSheet } from "../keys/KeysSheet.tsx";
import { PaletteSheet } from "../keys/PaletteSheet.tsx";
import type { Over } from "../router.ts";
import { NewBoard } from "../tools/NewBoard.tsx";
import { NewCall } from "../tools/NewCall.tsx";
import { NewHuddle } from "../tools/NewHuddle.tsx";
import { NewRollCall } from "../tools/NewRollCall.tsx";
import { ToolSheet } from "../tools/ToolSheet.tsx";
import { Tray } from "../tools/Tray.tsx";
import { CaucusMenu } from "./CaucusMenu.tsx";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { CodeSheet } from "./CodeSheet.tsx";
import { CodesSheet } from "./CodesSheet.tsx";
import { ConnectionSheet } from "./ConnectionSheet.tsx";
import { DateSheet } from "./DateSheet.tsx";
import { EntrySheet } from "./EntrySheet.tsx";
import { EraseSheet } from "./EraseSheet.tsx";
import { Invitations } from "./Invitations.tsx";
import { InviteCodeSheet } from "./InviteCodeSheet.tsx";
import { InviteSheet } from "./InviteSheet.tsx";
import { MailByFile } from "./MailByFile.tsx";
import { MemberSheet } from "./MemberSheet.tsx";
import { MoveIdentity } from "./MoveIdentity.tsx";
import { OnRecordSheet } from "./OnRecordSheet.tsx";
import { PhotoEditor } from "./PhotoEditor.tsx";
import { PhotosSheet } from "./PhotosSheet.tsx";
import { PictureView } from "./PictureView.tsx";
import { PinsSheet } from "./Pinned.tsx";
import { PosterSheet } from "./PosterSheet.tsx";
import { Readers } from "./Readers.tsx";
import { ReceiptsSheet } from "./ReceiptsSheet.tsx";
import { SearchSheet } from "./SearchSheet.tsx";
import { QuietSheet } from "../quiet/QuietRows.tsx";
import { HeldSheet } from "../trust/HeldSheet.tsx";
import { RoomSheet } from "../trust/RoomSheet.tsx";
import { VerifySheet } from "../trust/VerifySheet.tsx";
import { VoiceSheet } from "../voice/VoiceSheet.tsx";
import { Wipe } from "./Wipe.tsx";

/** What lies over the place. */
export const Overlay = ({ over }: { readonly over: Over }) => {
  switch (over.over) {
    case "receipts":
      return <ReceiptsSheet caucus={over.caucus} message={over.message} />;
    case "entry":
      return <EntrySheet caucus={over.caucus} message={over.message} />;
    case "emoji":
      return <EmojiSheet caucus={over.caucus} {...(over.message && { message: over.message })} />;
    case "change":
      return <ChangeSheet caucus={over.caucus} message={over.message} />;
    case "take-back":
    case "forget":
      return <EraseSheet how={over.over} caucus={over.caucus} message={over.message} />;
    case "picture":
      return <PictureView caucus={over.caucus} message={over.message} />;
    case "readers":
      return <Readers caucus={over.caucus} />;
    case "menu":
      return <CaucusMenu caucus={over.caucus} />;
    case "invite":
      return <InviteSheet caucus={over.caucus} />;
    case "codes":
      return <CodesSheet caucus={over.caucus} />;
    case "poster":
      return <PosterSheet caucus={over.caucus} />;
    case "one-code":
      return <InviteCodeSheet caucus={over.caucus} invite={over.invite} />;
    case "photo":
      return <PhotoEditor caucus={over.caucus} />;
    case "photos":
      return <PhotosSheet caucus={over.caucus} />;
    case "voice":
      return <VoiceSheet caucus={over.caucus} />;
    case "invitation":
      return <Invitations caucus={over.caucus} />;
    case "room":
      return <RoomSheet caucus={over.caucus} />;
    case "held":
      return <HeldSheet caucus={over.caucus} />;
    case "pins":
      return <PinsSheet caucus={over.caucus} />;
    case "tools":
      return <Tray caucus={over.caucus} />;
    case "new-call":
      return <NewCall caucus={over.caucus} />;
    case "new-board":
      return <NewBoard caucus={over.caucus} />;
    case "new-huddle":
      return <NewHuddle caucus={over.caucus} />;
    case "new-roll":
      return <NewRollCall caucus={over.caucus} />;
    case "tool":
      return <ToolSheet caucus={over.caucus} message={over.message} />;
    case "on-record":
      return <OnRecordSheet caucus={over.caucus} {...(over.message && { message: over.message })} />;
    case "member":
      return <MemberSheet caucus={over.caucus} person={over.person} />;
    case "verify":
      return <VerifySheet {...(over.person && { person: over.person })} />;
    case "devices":
      return <DevicesSheet />;
    case "offer":
      return <OfferSheet />;
    case "code":
      return <CodeSheet />;
    case "connection":
      return <ConnectionSheet />;
    case "wipe":
      return <Wipe />;
    case "move":
      return <MoveIdentity />;
    case "quiet":
      return <QuietSheet />;
    case "mail":
      return <MailByFile />;
    case "search":
      return <SearchSheet {...(over.caucus && { caucus: over.caucus })} {...(over.words && { words: over.words })} />;
    case "palette":
      return <PaletteSheet {...(over.caucus && { caucus: over.caucus })} />;
    case "keys":
      return <KeysSheet />;
    case "date":
      return <DateSheet caucus={over.caucus} />;
  }
};
