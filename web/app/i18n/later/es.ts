/** The words in Spanish of the screens that are loaded apart. */
import alerts from "../es/alerts.ftl";
import caucus from "../es/caucus.ftl";
import changing from "../es/changing.ftl";
import comings from "../es/comings.ftl";
import connection from "../es/connection.ftl";
import doctor from "../es/doctor.ftl";
import devices from "../es/devices.ftl";
import emoji from "../es/emoji.ftl";
import evidence from "../es/evidence.ftl";
import fading from "../es/fading.ftl";
import governing from "../es/governing.ftl";
import inviting from "../es/inviting.ftl";
import keys from "../es/keys.ftl";
import notices from "../es/notices.ftl";
import person from "../es/person.ftl";
import photo from "../es/photo.ftl";
import search from "../es/search.ftl";
import settings from "../es/settings.ftl";
import signs from "../es/signs.ftl";
import tools from "../es/tools.ftl";
import trust from "../es/trust.ftl";

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
