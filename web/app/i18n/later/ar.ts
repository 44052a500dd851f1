/** The words in Arabic of the screens that are loaded apart. */
import alerts from "../ar/alerts.ftl";
import caucus from "../ar/caucus.ftl";
import changing from "../ar/changing.ftl";
import comings from "../ar/comings.ftl";
import connection from "../ar/connection.ftl";
import doctor from "../ar/doctor.ftl";
import devices from "../ar/devices.ftl";
import emoji from "../ar/emoji.ftl";
import evidence from "../ar/evidence.ftl";
import fading from "../ar/fading.ftl";
import governing from "../ar/governing.ftl";
import inviting from "../ar/inviting.ftl";
import keys from "../ar/keys.ftl";
import notices from "../ar/notices.ftl";
import person from "../ar/person.ftl";
import photo from "../ar/photo.ftl";
import search from "../ar/search.ftl";
import settings from "../ar/settings.ftl";
import signs from "../ar/signs.ftl";
import tools from "../ar/tools.ftl";
import trust from "../ar/trust.ftl";

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
