/** The words in French of the screens that are loaded apart. */
import alerts from "../fr/alerts.ftl";
import caucus from "../fr/caucus.ftl";
import changing from "../fr/changing.ftl";
import comings from "../fr/comings.ftl";
import connection from "../fr/connection.ftl";
import doctor from "../fr/doctor.ftl";
import devices from "../fr/devices.ftl";
import emoji from "../fr/emoji.ftl";
import evidence from "../fr/evidence.ftl";
import fading from "../fr/fading.ftl";
import governing from "../fr/governing.ftl";
import inviting from "../fr/inviting.ftl";
import keys from "../fr/keys.ftl";
import notices from "../fr/notices.ftl";
import person from "../fr/person.ftl";
import photo from "../fr/photo.ftl";
import search from "../fr/search.ftl";
import settings from "../fr/settings.ftl";
import signs from "../fr/signs.ftl";
import tools from "../fr/tools.ftl";
import trust from "../fr/trust.ftl";

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
