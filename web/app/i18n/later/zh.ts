/** The words in Chinese of the screens that are loaded apart. */
import alerts from "../zh/alerts.ftl";
import caucus from "../zh/caucus.ftl";
import changing from "../zh/changing.ftl";
import comings from "../zh/comings.ftl";
import connection from "../zh/connection.ftl";
import doctor from "../zh/doctor.ftl";
import devices from "../zh/devices.ftl";
import emoji from "../zh/emoji.ftl";
import evidence from "../zh/evidence.ftl";
import fading from "../zh/fading.ftl";
import governing from "../zh/governing.ftl";
import inviting from "../zh/inviting.ftl";
import keys from "../zh/keys.ftl";
import notices from "../zh/notices.ftl";
import person from "../zh/person.ftl";
import photo from "../zh/photo.ftl";
import search from "../zh/search.ftl";
import settings from "../zh/settings.ftl";
import signs from "../zh/signs.ftl";
import tools from "../zh/tools.ftl";
import trust from "../zh/trust.ftl";

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
