/** The words in Russian of the screens that are loaded apart. */
import alerts from "../ru/alerts.ftl";
import caucus from "../ru/caucus.ftl";
import changing from "../ru/changing.ftl";
import comings from "../ru/comings.ftl";
import connection from "../ru/connection.ftl";
import doctor from "../ru/doctor.ftl";
import devices from "../ru/devices.ftl";
import emoji from "../ru/emoji.ftl";
import evidence from "../ru/evidence.ftl";
import fading from "../ru/fading.ftl";
import governing from "../ru/governing.ftl";
import inviting from "../ru/inviting.ftl";
import keys from "../ru/keys.ftl";
import notices from "../ru/notices.ftl";
import person from "../ru/person.ftl";
import photo from "../ru/photo.ftl";
import search from "../ru/search.ftl";
import settings from "../ru/settings.ftl";
import signs from "../ru/signs.ftl";
import tools from "../ru/tools.ftl";
import trust from "../ru/trust.ftl";

export const words: readonly string[] = [
  alerts,
  caucus,
  changing,
  comings,
  connection,
  doctor,
  devices,
  emoji,
  evidence,
  fading,
  governing,
  inviting,
  keys,
  notices,
  person,
  photo,
  search,
  settings,
  signs,
  tools,
  trust,
];
